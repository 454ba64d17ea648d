package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Outcome;

/** What must hold at the end of every exchange that failed. */
final class Ending {

    private Ending() {}

    static void assertAnswer(String answer, int status, String type) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.contains("\"error\":{\"type\":\"" + type + "\""), answer);
        assertTrue(answer.contains("connection: close\r\n"), answer);
    }

    static Closing assertBooked(ProxyHarness proxy, Outcome outcome, int status) throws InterruptedException {
        Closing entry = proxy.books.entry();
        assertEquals(outcome, entry.outcome());
        assertEquals(status, entry.status());
        proxy.stop();
        assertEquals(1, proxy.books.closed().size());
        assertEquals(1, proxy.books.opened().size());
        assertFalse(entry.outcome().ok());
        return entry;
    }
}
