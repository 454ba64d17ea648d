package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.admin.Billable;
import dev.reckoner.simulator.admin.PriceChange;
import dev.reckoner.simulator.admin.Terms;
import dev.reckoner.simulator.admin.TokenKind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the vendor's usage and cost analytics add to a reconciliation. */
final class AnalyticsTest {

    @TempDir
    private Path directory;

    private BilledServer billed;

    @BeforeEach
    void serve() throws Exception {
        billed = new BilledServer(directory);
    }

    @AfterEach
    void close() {
        billed.close();
    }

    private JsonNode variances() throws Exception {
        return new ObjectMapper().readTree(billed.out.toString()).path("variances");
    }

    private static Set<String> all(JsonNode variances, String field) {
        Set<String> values = new HashSet<>();
        variances.forEach(variance -> values.add(variance.path(field).asText()));
        return values;
    }

    @Test
    void discount_isTheOneThatTheVendorStates() throws Exception {
        billed.simulator.admin().discount(billed.today, new BigDecimal("0.85"));

        assertEquals(3, billed.reconcile("--format", "json"), billed.err.toString());

        assertEquals(Set.of("discount"), all(variances(), "cause"));
        assertEquals(Set.of("the vendor states 0.85 of the list price"), all(variances(), "evidence"));
    }

    @Test
    void changedPrice_staysARateBesideAStatedDiscount() throws Exception {
        billed.simulator.admin().discount(billed.today, new BigDecimal("0.85"));
        billed.simulator
                .admin()
                .price(new PriceChange("claude-sonnet-5-5", TokenKind.OUTPUT, billed.today, new BigDecimal("12")));

        assertEquals(3, billed.reconcile("--format", "json"), billed.err.toString());

        assertEquals(Set.of("discount", "rate"), all(variances(), "cause"));
    }

    @Test
    void requests_areCountedOnBothSides() throws Exception {
        Instant now = Clock.systemUTC().instant();
        String key = billed.simulator.admin().key("app", BilledServer.secret(0), null);
        billed.simulator
                .admin()
                .bypassed(new Billable(
                        now, now, Terms.of("claude-opus-5-5").key(key), 3, new Counts(100, 0, 0, 0, 50, 0)));

        assertEquals(3, billed.reconcile("--format", "json"), billed.err.toString());

        assertEquals(
                Set.of(
                        "the key is billed for more than passed through the proxy; 5 requests billed that day, 2 in the ledger"),
                all(variances(), "evidence"));
        assertEquals(Set.of("bypassed"), all(variances(), "cause"));
    }

    @Test
    void whoMayNotReadThem_reconcilesWithout_andIsToldOnce() {
        billed.simulator.admin().analytics(false);

        assertEquals(0, billed.reconcile(), billed.err.toString());

        String words = billed.out.toString().replaceAll("\\s+", " ");
        assertEquals(1, words.split("usage and cost analytics were not to be had", -1).length - 1, words);
        billed.simulator.admin().analytics(true);
        assertEquals(0, billed.reconcile(), billed.err.toString());
        assertFalse(billed.out.toString().contains("analytics"), billed.out.toString());
    }

    @Test
    void dataThatWereNotRefreshedSince_areLate() throws Exception {
        Instant now = Clock.systemUTC().instant();
        String key = billed.simulator.admin().key("app", BilledServer.secret(0), null);
        billed.simulator
                .admin()
                .bypassed(
                        new Billable(now, now, Terms.of("claude-opus-5-5").key(key), 1, new Counts(0, 0, 0, 0, 50, 0)));
        assertEquals(3, billed.reconcile("--format", "json"), billed.err.toString());
        assertEquals(Set.of("bypassed"), all(variances(), "cause"));

        billed.simulator.admin().lag(Duration.ofHours(47));
        assertEquals(3, billed.reconcile("--format", "json"), billed.err.toString());

        assertEquals(
                Map.of("late", 1),
                Map.of(variances().path(0).path("cause").asText(), variances().size()));
        assertTrue(billed.out.toString().contains("younger than the vendor's lag"), billed.out.toString());
    }
}
