package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.ledger.TokenType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Both reports against the shapes that the vendor publishes, retold here by field name and kind. */
final class VendorShapeTest {

    private static final List<String> ENVELOPE = List.of("data", "has_more", "next_page");
    private static final List<String> BUCKET = List.of("ending_at", "results", "starting_at");
    private static final List<String> USAGE = List.of(
            "account_id",
            "api_key_id",
            "cache_creation",
            "cache_read_input_tokens",
            "context_window",
            "inference_geo",
            "model",
            "output_tokens",
            "server_tool_use",
            "service_account_id",
            "service_tier",
            "uncached_input_tokens",
            "workspace_id");
    private static final List<String> COST = List.of(
            "amount",
            "context_window",
            "cost_type",
            "currency",
            "description",
            "inference_geo",
            "model",
            "service_tier",
            "token_type",
            "workspace_id");

    private final Asking usage = new Asking("/v1/organizations/usage_report/messages");
    private final Asking cost = new Asking("/v1/organizations/cost_report");

    /** One report's console. */
    private static final class Asking extends VendorReports {
        Asking(String path) {
            super(path);
        }
    }

    @org.junit.jupiter.api.AfterEach
    void close() {
        usage.close();
        cost.close();
    }

    @Test
    void usage_grouped_hasEveryFieldOfTheVendor() {
        usage.reports.rows = query -> List.of(Rows.of(TokenType.INPUT, 1, "1").at("2026-11-01T00:00:00Z", "m"));
        compare(usage.report("starting_at=2026-11-01T00:00:00Z&limit=1&group_by[]=model"), USAGE);
    }

    @Test
    void cost_described_hasEveryFieldOfTheVendor() {
        cost.reports.rows = query -> List.of(
                Rows.of(TokenType.INPUT, 1, "1").at("2026-11-01T00:00:00Z", "w", "m", "standard", "global", "0-200k"));
        compare(
                cost.report("starting_at=2026-11-01T00:00:00Z&limit=1&group_by[]=description&group_by[]=workspace_id"),
                COST);
    }

    private static void compare(JsonNode report, List<String> resultFields) {
        assertEquals(ENVELOPE, VendorReports.fields(report));
        JsonNode bucket = report.path("data").path(0);
        assertEquals(BUCKET, VendorReports.fields(bucket));
        assertTrue(report.path("has_more").asBoolean());
        assertTrue(report.path("next_page").asText().startsWith("page_"));
        List<String> missing = new ArrayList<>(new TreeSet<>(resultFields));
        missing.removeAll(VendorReports.fields(bucket.path("results").path(0)));
        assertEquals(List.of(), missing);
    }
}
