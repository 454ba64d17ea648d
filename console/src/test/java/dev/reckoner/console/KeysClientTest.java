package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.VirtualKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Virtual keys through the private API: what one end says comes out equal at the other. */
final class KeysClientTest {
    private final FakeReports reports = new FakeReports();
    private final FakeKeys keys = new FakeKeys();
    private final ConsoleServer server = FakeParts.serving(FakeParts.of(reports, keys, new FakeLimits()));
    private final ReportsClient client =
            new ReportsClient(URI.create("http://127.0.0.1:" + server.address().getPort()), null);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void keys_comeThroughEqual_andChangesSayWhereTheyCameFrom() {
        VirtualKey key = FakeKeys.key(Samples.keyDraft());

        assertEquals(List.of(key), client.list());
        assertEquals(new IssuedKey(key, "rk-secret"), client.create(Samples.keyDraft(), "here"));
        assertEquals(key, client.revoke("key_1", "here"));
        assertEquals(new IssuedKey(key, "rk-other"), client.rotate("key_1", Duration.ofHours(24), "there"));
        assertEquals(List.of(new KeyChange("key &1", Instant.EPOCH, "created", "ü", "here")), client.changes("key &1"));
        assertEquals(
                List.of(
                        "create loopback: here from 127.0.0.1",
                        "revoke loopback: here from 127.0.0.1",
                        "rotate key_1 PT24H loopback: there from 127.0.0.1"),
                keys.asked);
    }

    @Test
    void key_thatIsNotThere_isSaidAsTheBooksSayIt() {
        ReportsFailed failure = assertThrows(ReportsFailed.class, () -> client.revoke("key_2", "here"));
        assertTrue(String.valueOf(failure.getMessage()).contains("there is no virtual key key_2"), failure.toString());
    }
}
