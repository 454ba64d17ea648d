package dev.reckoner.reconcile.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads report pages into values: the cost report's amounts, which are decimal strings of <em>cents</em> (api-facts
 * §4.2), as USD, and the usage report's counts, one value per token class.
 */
public final class ReportReader {

    private static final int CENTS = 2;
    private static final Map<String, String> COUNTS = Map.of(
            "uncached_input_tokens", "/uncached_input_tokens",
            "output_tokens", "/output_tokens",
            "cache_read_input_tokens", "/cache_read_input_tokens",
            "cache_creation.ephemeral_5m_input_tokens", "/cache_creation/ephemeral_5m_input_tokens",
            "cache_creation.ephemeral_1h_input_tokens", "/cache_creation/ephemeral_1h_input_tokens");

    private ReportReader() {}

    /**
     * The lines of cost report pages.
     *
     * @throws AdminApiException where a page has another shape
     */
    public static List<BilledCost> costs(List<JsonNode> pages) {
        List<BilledCost> costs = new ArrayList<>();
        for (JsonNode page : pages) {
            for (JsonNode bucket : list(page, "data")) {
                costs.addAll(billed(bucket));
            }
        }
        return costs;
    }

    /**
     * The lines of one bucket of a cost report.
     *
     * @throws AdminApiException where it has another shape
     */
    public static List<BilledCost> billed(JsonNode bucket) {
        LocalDate day = day(bucket);
        List<BilledCost> costs = new ArrayList<>();
        for (JsonNode result : list(bucket, "results")) {
            costs.add(new BilledCost(costCell(day, result), amount(result, "amount")));
        }
        return costs;
    }

    /**
     * The counts of usage report pages, those of zero left out.
     *
     * @throws AdminApiException where a page has another shape
     */
    public static List<BilledUsage> usage(List<JsonNode> pages) {
        List<BilledUsage> usage = new ArrayList<>();
        for (JsonNode page : pages) {
            for (JsonNode bucket : list(page, "data")) {
                usage.addAll(counts(bucket));
            }
        }
        return usage;
    }

    /**
     * The counts of one bucket of a usage report, of whatever width.
     *
     * @throws AdminApiException where it has another shape
     */
    public static List<BilledUsage> counts(JsonNode bucket) {
        LocalDate day = day(bucket);
        List<BilledUsage> usage = new ArrayList<>();
        for (JsonNode result : list(bucket, "results")) {
            counts(day, result, usage);
        }
        return usage;
    }

    /** The UTC day that a bucket is of. */
    public static LocalDate day(JsonNode bucket) {
        return LocalDate.ofInstant(start(bucket), ZoneOffset.UTC);
    }

    /** When a bucket starts. */
    static Instant start(JsonNode bucket) {
        return instant(bucket, "starting_at");
    }

    /**
     * How much time a bucket of a report covers.
     *
     * @throws AdminApiException where it doesn't say
     */
    public static Duration width(JsonNode bucket) {
        return Duration.between(start(bucket), instant(bucket, "ending_at"));
    }

    private static void counts(LocalDate day, JsonNode result, List<BilledUsage> usage) {
        String workspace = text(result, "workspace_id");
        String key = text(result, "api_key_id");
        String account = key == null ? account(result) : null;
        COUNTS.forEach((type, pointer) -> {
            long count = count(result.at(pointer), type);
            if (count > 0) {
                usage.add(new BilledUsage(Cell.ofTokens(day, workspace, type, terms(result)), key, account, count));
            }
        });
        long searches = count(result.at("/server_tool_use/web_search_requests"), "web_search_requests");
        if (searches > 0) {
            usage.add(new BilledUsage(Cell.ofOther(day, workspace, Cell.WEB_SEARCH), key, account, searches));
        }
    }

    /** Who was logged in: a person, else a service. */
    private static @Nullable String account(JsonNode result) {
        String account = text(result, "account_id");
        return account == null ? text(result, "service_account_id") : account;
    }

    private static Cell costCell(LocalDate day, JsonNode result) {
        String type = text(result, "cost_type");
        String workspace = text(result, "workspace_id");
        if (type == null || type.equals(Cell.TOKENS)) {
            return new Cell(
                    day,
                    workspace,
                    Cell.TOKENS,
                    text(result, "model"),
                    text(result, "token_type"),
                    text(result, "service_tier"),
                    text(result, "context_window"),
                    text(result, "inference_geo"),
                    text(result, "speed"));
        }
        return Cell.ofOther(day, workspace, type);
    }

    private static Cell.Terms terms(JsonNode result) {
        return new Cell.Terms(
                text(result, "model"),
                text(result, "service_tier"),
                text(result, "context_window"),
                text(result, "inference_geo"),
                text(result, "speed"));
    }

    /** An amount of cents as USD. */
    static BigDecimal amount(JsonNode result, String name) {
        String currency = text(result, "currency");
        if (currency != null && !currency.equals("USD")) {
            throw new AdminApiException("the cost report has an amount in " + currency + ", expected USD");
        }
        String cents = result.path(name).asText("");
        try {
            return new BigDecimal(cents).movePointLeft(CENTS);
        } catch (NumberFormatException e) {
            throw new AdminApiException(
                    "the cost report has the amount \"" + cents + "\", expected a decimal number of cents", e);
        }
    }

    /** A count; 0 where nothing is stated. */
    static long count(JsonNode value, String name) {
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw new AdminApiException("the usage report has " + name + " of " + value + ", expected a count");
        }
        return value.longValue();
    }

    private static Instant instant(JsonNode bucket, String name) {
        String stated = bucket.path(name).asText("");
        try {
            return Instant.parse(stated);
        } catch (DateTimeException e) {
            throw new AdminApiException(
                    "a bucket has the " + name + " \"" + stated + "\", expected an RFC 3339 instant", e);
        }
    }

    static JsonNode list(JsonNode parent, String name) {
        JsonNode list = parent.path(name);
        if (!list.isArray()) {
            throw new AdminApiException("a page has no list \"" + name + "\": it isn't a page of a report");
        }
        return list;
    }

    /** A text; null where none is stated. */
    static @Nullable String text(JsonNode parent, String name) {
        JsonNode value = parent.path(name);
        return value.isTextual() ? value.textValue() : null;
    }
}
