package dev.reckoner.console.vendor;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the rows of one day into the results of the cost report. */
final class CostLines {

    /** What a row must be grouped by at last, so that it can be described. */
    static final List<Dimension> PARTS =
            List.of(Dimension.MODEL, Dimension.SERVICE_TIER, Dimension.INFERENCE_GEO, Dimension.CONTEXT_WINDOW);

    /** The cost type of tokens. */
    static final String TOKENS = "tokens";

    /** The cost type of web searches. */
    static final String WEB_SEARCH = "web_search";

    private CostLines() {}

    /** One line per row: everything that its group cost. */
    static List<CostLine> whole(List<ReportRow> rows) {
        List<CostLine> lines = new ArrayList<>();
        for (ReportRow row : rows) {
            Sums sums = row.sums();
            lines.add(new CostLine(row, sums.amount(), null, null, null, sums.estimated(), sums.pending()));
        }
        return lines;
    }

    /**
     * One line per row and token type, and one of web searches per group, which the vendor's report doesn't split by
     * model (api-facts §4.2, real rows).
     *
     * @param own how many of the first values of a row's group are not parts of the description
     */
    static List<CostLine> described(List<ReportRow> rows, int own) {
        List<CostLine> lines = new ArrayList<>();
        Map<List<String>, CostLine> searches = new LinkedHashMap<>();
        for (ReportRow row : rows) {
            Sums sums = row.sums();
            String model = row.group().get(own);
            for (TokenType type : TokenType.values()) {
                if (sums.quantity(type) == 0 && sums.amount(type).signum() == 0) {
                    continue;
                }
                if (type == TokenType.WEB_SEARCH) {
                    searches.merge(row.group().subList(0, own), searches(row), CostLines::both);
                } else {
                    String description = (model.isEmpty() ? "model not stated" : model) + ": " + words(type);
                    lines.add(new CostLine(
                            row,
                            sums.amount(type),
                            TOKENS,
                            type.vendorName(),
                            description,
                            sums.estimated(),
                            sums.pending()));
                }
            }
        }
        lines.addAll(searches.values());
        return lines;
    }

    private static CostLine searches(ReportRow row) {
        Sums sums = row.sums();
        return new CostLine(
                row,
                sums.amount(TokenType.WEB_SEARCH),
                WEB_SEARCH,
                null,
                "web searches",
                sums.estimated(),
                sums.pending());
    }

    private static CostLine both(CostLine one, CostLine other) {
        return new CostLine(
                one.row(),
                one.usd().add(other.usd()),
                one.costType(),
                one.tokenType(),
                one.description(),
                one.estimated() + other.estimated(),
                one.pending() + other.pending());
    }

    private static String words(TokenType type) {
        return switch (type) {
            case INPUT -> "input tokens";
            case CACHE_WRITE_5M -> "input tokens written to the 5-minute cache";
            case CACHE_WRITE_1H -> "input tokens written to the 1-hour cache";
            case CACHE_READ -> "input tokens read from the cache";
            case OUTPUT -> "output tokens";
            case WEB_SEARCH -> "web searches";
        };
    }
}
