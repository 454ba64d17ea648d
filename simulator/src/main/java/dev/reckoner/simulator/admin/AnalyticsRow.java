package dev.reckoner.simulator.admin;

import dev.reckoner.simulator.Counts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One row of an analytics report while it is added up; a cost row keeps its parts by cost type and token type. */
final class AnalyticsRow {
    /** Money of one cost type and token type. */
    record Part(BigDecimal amountUsd, BigDecimal listUsd) {
        private Part plus(Part other) {
            return new Part(amountUsd.add(other.amountUsd), listUsd.add(other.listUsd));
        }
    }

    final Instant start;
    final List<String> key;
    final Map<List<String>, Part> parts = Groups.sorted();
    private Sum sum = new Sum(0, Counts.ZERO);

    AnalyticsRow(Instant start, List<String> key) {
        this.start = start;
        this.key = key;
    }

    void add(Sum more) {
        sum = sum.plus(more);
    }

    void add(BillLine line, AnalyticsQuery query) {
        TokenKind kind = line.kind();
        String tokenType = kind == null ? "" : kind.wireName();
        List<String> part =
                List.of(query.byCostType() ? line.costType().wireName() : "", query.byTokenType() ? tokenType : "");
        parts.merge(part, new Part(line.amountUsd(), line.listUsd()), Part::plus);
    }

    Counts counts() {
        return sum.counts();
    }

    long requests() {
        return sum.requests();
    }

    /** The figure that rows are ordered by. */
    BigDecimal figure(String orderBy) {
        return switch (orderBy) {
            case "amount" -> parts.values().stream().map(Part::amountUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
            case "list_amount" -> parts.values().stream().map(Part::listUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
            case "uncached_input_tokens" -> BigDecimal.valueOf(counts().input());
            case "output_tokens" -> BigDecimal.valueOf(counts().output());
            case "requests" -> BigDecimal.valueOf(requests());
            default -> BigDecimal.valueOf(counts().tokens());
        };
    }
}
