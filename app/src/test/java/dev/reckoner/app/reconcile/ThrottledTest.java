package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's limits and its refusals, from the heads of its responses to the report. */
final class ThrottledTest {

    @TempDir
    private Path directory;

    @Test
    void refusedUser_standsInTheReport_besideTheLimitsThatTheVendorStates() throws Exception {
        try (World world = new World(directory)) {
            world.send("/u/ada", "claude-opus-5-5", "a question");
            assertEquals(429, world.sendFaulty("/u/bob", "claude-opus-5-5", "status=429"));
            world.settle();

            assertEquals(0, world.run("ratelimits", "--json", "--since", "2026-10-05"), world.err());
            JsonNode rows = world.json().path("rateLimits");
            assertEquals(1, rows.size(), rows.toString());
            JsonNode row = rows.get(0);
            assertEquals("claude-opus-5-5", row.path("model").asText());
            assertEquals(2, row.path("requests").asInt());
            assertEquals(1, row.path("throttled").asInt());
            assertEquals("bob", row.path("throttledUsers").path(0).path("user").asText());
            assertEquals(2_000_000_000L, row.path("peakInput").path("limit").asLong());
            assertEquals(400_000_000L, row.path("peakOutput").path("limit").asLong());
            assertEquals(4_000_000L, row.path("peakRequests").path("limit").asLong());
            assertEquals(
                    row.path("input").asLong(),
                    row.path("peakInput").path("perMinute").asLong());
            assertTrue(row.path("input").asLong() > 0, row.toString());
        }
    }
}
