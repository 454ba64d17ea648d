package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's own Java SDK can't tell the proxy from the vendor, and the ledger holds what it was told. */
final class SdkThroughProxyTest {
    @TempDir
    private Path directory;

    @Test
    void conversation_throughTheProxy_isTheDirectOne_andIsBooked() throws Exception {
        List<String> direct;
        try (Simulator simulator = Simulator.start(options())) {
            direct = SdkConversation.with(simulator.url());
        }
        try (Stack stack = Stack.start(directory, options())) {
            assertEquals(direct, SdkConversation.with(stack.url()));
            List<StoredEntry> entries = stack.settledEntries();
            assertEquals(
                    SdkConversation.MESSAGES,
                    Comparison.assertAgree(stack.simulator().served().receipts(), entries));
            long named = entries.stream()
                    .map(stored ->
                            stored.entry().closing().opening().attribution().user())
                    .filter(Objects::nonNull)
                    .filter(user -> user.value().equals("sdk-user"))
                    .count();
            assertEquals(entries.size(), named);
        }
    }

    private static SimulatorOptions options() {
        Clock still = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
        return SimulatorOptions.defaults().clock(still).gzip(true);
    }
}
