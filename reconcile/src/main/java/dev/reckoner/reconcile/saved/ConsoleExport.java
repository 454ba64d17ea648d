package dev.reckoner.reconcile.saved;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Console's own exports of usage and of cost, as comma-separated values. They name models, workspaces and keys the way
 * people do; those names are kept here and turned into ids once all files are read. Amounts are USD.
 */
final class ConsoleExport {

    private static final String DAY = "usage_date_utc";
    private static final String MODEL = "model";
    private static final String MODEL_VERSION = "model_version";
    private static final String WORKSPACE = "workspace";
    private static final String API_KEY = "api_key";
    private static final String USAGE_TYPE = "usage_type";
    private static final String CONTEXT_WINDOW = "context_window";
    private static final String INFERENCE_GEO = "inference_geo";
    private static final String SPEED = "speed";
    private static final String TOKEN_TYPE = "token_type";
    private static final String COST = "cost_usd";
    private static final String COST_TYPE = "cost_type";
    private static final String SEARCHES = "web_search_count";

    private static final Map<String, String> COUNTS = Map.of(
            "usage_input_tokens_no_cache", "uncached_input_tokens",
            "usage_input_tokens_cache_write_5m", "cache_creation.ephemeral_5m_input_tokens",
            "usage_input_tokens_cache_write_1h", "cache_creation.ephemeral_1h_input_tokens",
            "usage_input_tokens_cache_read", "cache_read_input_tokens",
            "usage_output_tokens", "output_tokens");

    private static final List<String> TERMS = List.of(DAY, WORKSPACE, USAGE_TYPE, CONTEXT_WINDOW);

    private static final List<String> COST_COLUMNS = List.of(MODEL, TOKEN_TYPE, COST_TYPE);
    private static final List<String> USAGE_COLUMNS = Stream.concat(
                    Stream.of(MODEL_VERSION, API_KEY), COUNTS.keySet().stream().sorted())
            .toList();

    /** Places of an amount in cents, to which the Console rounds. */
    private static final int CENTS = 2;

    private final ModelNames models;
    private final List<BilledCost> costs = new ArrayList<>();
    private final List<Used> usage = new ArrayList<>();

    ConsoleExport(ModelNames models) {
        this.models = models;
    }

    /**
     * Usage under the names of key and workspace; the cell has the workspace's name.
     *
     * @param key empty without one
     */
    record Used(Cell cell, String key, long quantity) {

        /** The same under ids. */
        BilledUsage under(Cell known, String apiKeyId) {
            return new BilledUsage(known, apiKeyId.isEmpty() ? null : apiKeyId, quantity);
        }
    }

    /** Whether a header line is one of the exports'. */
    static boolean is(CsvRows rows) {
        return rows.has(DAY);
    }

    /** Takes an export; what it is, its columns say. Gives the days that it has. */
    Set<LocalDate> take(CsvRows rows) {
        rows.expect(TERMS);
        rows.expect(money(rows) ? COST_COLUMNS : USAGE_COLUMNS);
        Set<LocalDate> days = new LinkedHashSet<>();
        rows.forEach(row -> days.add(money(rows) ? cost(row) : used(row)));
        return days;
    }

    /** Whether a file with these columns is about money. */
    static boolean money(CsvRows rows) {
        return rows.has(COST);
    }

    List<BilledCost> costs() {
        return costs;
    }

    List<Used> usage() {
        return usage;
    }

    /** Whether every amount is a whole number of cents, so that the Console may have rounded them. */
    boolean inCents() {
        return costs.stream()
                .allMatch(cost -> cost.amount().stripTrailingZeros().scale() <= CENTS);
    }

    private LocalDate cost(CsvRows.Row row) {
        LocalDate day = ConsoleWords.day(row.get(DAY));
        String type = ConsoleWords.costType(row.get(COST_TYPE));
        BigDecimal amount = ConsoleWords.amount(row.get(COST));
        Cell cell = type.equals(Cell.TOKENS)
                ? Cell.ofTokens(
                        day,
                        row.get(WORKSPACE),
                        ConsoleWords.tokenType(row.get(TOKEN_TYPE)),
                        terms(row, row.get(MODEL)))
                : Cell.ofOther(day, row.get(WORKSPACE), type);
        costs.add(new BilledCost(cell, amount));
        return day;
    }

    private LocalDate used(CsvRows.Row row) {
        LocalDate day = ConsoleWords.day(row.get(DAY));
        Cell.Terms terms = terms(row, row.get(MODEL_VERSION));
        COUNTS.forEach((column, type) -> {
            long tokens = ConsoleWords.count(row.get(column));
            if (tokens > 0) {
                usage.add(new Used(Cell.ofTokens(day, row.get(WORKSPACE), type, terms), row.get(API_KEY), tokens));
            }
        });
        long searches = ConsoleWords.count(row.get(SEARCHES));
        if (searches > 0) {
            usage.add(new Used(Cell.ofOther(day, row.get(WORKSPACE), Cell.WEB_SEARCH), row.get(API_KEY), searches));
        }
        return day;
    }

    private Cell.Terms terms(CsvRows.Row row, String model) {
        return new Cell.Terms(
                models.id(model),
                ConsoleWords.serviceTier(row.get(USAGE_TYPE)),
                ConsoleWords.contextWindow(row.get(CONTEXT_WINDOW)),
                ConsoleWords.plain(row.get(INFERENCE_GEO)),
                ConsoleWords.plain(row.get(SPEED)));
    }
}
