package dev.reckoner.reconcile.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Pulls the vendor's analytics of Claude Code, which are asked for day by day (api-facts §4.4). */
public final class ClaudeCodePull {

    /** How old data has to be before the vendor shows it. */
    private static final Duration YOUNGEST = Duration.ofHours(1);

    private static final String ROWS_ON_A_PAGE = "1000";
    private static final String TOKENS = "/tokens/";
    private static final int CENTS = 2;

    private final Pages pages;
    private final Consumer<String> progress;

    /**
     * A pull.
     *
     * @param progress is told what is asked for
     */
    public ClaudeCodePull(AdminApi api, KeptPages kept, Consumer<String> progress) {
        this.pages = new Pages(api, kept);
        this.progress = progress;
    }

    /**
     * The rows of some days. Days of which nothing is old enough yet aren't asked for.
     *
     * @param until the day after the last
     * @throws AdminApiException where they can't be had, or have another shape
     */
    public List<ClaudeCodeRow> days(LocalDate from, LocalDate until, Instant now) {
        progress.accept("Claude Code analytics");
        List<ClaudeCodeRow> rows = new ArrayList<>();
        for (LocalDate day = from; day.isBefore(until); day = day.plusDays(1)) {
            Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            if (start.plus(YOUNGEST).isAfter(now)) {
                break;
            }
            Query query = Query.of("/v1/organizations/usage_report/claude_code")
                    .with("starting_at", day.toString())
                    .with("limit", ROWS_ON_A_PAGE);
            for (JsonNode page : pages.ofReport(query)) {
                for (JsonNode row : ReportReader.list(page, "data")) {
                    rows.add(row(day, row));
                }
            }
        }
        return rows;
    }

    private static ClaudeCodeRow row(LocalDate day, JsonNode row) {
        JsonNode actor = row.path("actor");
        String email = ReportReader.text(actor, "email_address");
        String name = email == null ? ReportReader.text(actor, "api_key_name") : email;
        long tokens = 0;
        BigDecimal estimate = BigDecimal.ZERO;
        for (JsonNode model : row.path("model_breakdown")) {
            for (String type : List.of("input", "output", "cache_read", "cache_creation")) {
                tokens = Math.addExact(tokens, ReportReader.count(model.at(TOKENS + type), type));
            }
            estimate = estimate.add(cents(model.path("estimated_cost")));
        }
        return new ClaudeCodeRow(day, name == null ? "" : name, email != null, work(row), tokens, estimate);
    }

    private static ClaudeCodeRow.Work work(JsonNode row) {
        JsonNode metrics = row.path("core_metrics");
        return new ClaudeCodeRow.Work(
                count(metrics, "/num_sessions"),
                count(metrics, "/lines_of_code/added"),
                count(metrics, "/lines_of_code/removed"),
                count(metrics, "/commits_by_claude_code"),
                count(metrics, "/pull_requests_by_claude_code"));
    }

    private static long count(JsonNode metrics, String pointer) {
        return ReportReader.count(metrics.at(pointer), pointer.substring(1));
    }

    /** Cents are a number here, and a string everywhere else. */
    private static BigDecimal cents(JsonNode cost) {
        JsonNode amount = cost.path("amount");
        if (amount.isMissingNode() || amount.isNull()) {
            return BigDecimal.ZERO;
        }
        String currency = ReportReader.text(cost, "currency");
        if (!amount.isNumber() || (currency != null && !currency.equals("USD"))) {
            throw new AdminApiException("the Claude Code analytics have the estimate " + amount + " " + currency
                    + ", expected a number of US cents");
        }
        return amount.decimalValue().movePointLeft(CENTS);
    }
}
