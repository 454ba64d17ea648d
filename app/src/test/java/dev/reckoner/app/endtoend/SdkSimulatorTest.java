package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulator is vendor enough for the vendor's own Java SDK, and says the same to the same twice. */
final class SdkSimulatorTest {

    @Test
    void conversation_twiceWithFreshSimulators_isTheSame() throws Exception {
        List<String> first = heard();
        List<String> second = heard();
        assertEquals(first, second);
        assertTrue(String.join("\n", first).contains("webSearchRequests="), first.toString());
    }

    private static List<String> heard() throws Exception {
        Clock still = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        try (Simulator simulator =
                Simulator.start(SimulatorOptions.defaults().clock(still).gzip(true))) {
            List<String> heard = SdkConversation.with(simulator.url());
            assertTrue(simulator.served().awaitIdle(Duration.ofSeconds(10)));
            long messages = simulator.served().receipts().stream()
                    .filter(receipt -> receipt.model() != null && receipt.finalUsage())
                    .count();
            assertEquals(SdkConversation.MESSAGES, messages);
            return heard;
        }
    }
}
