package dev.reckoner.app.alert;

import dev.reckoner.ledger.alert.Alert;
import java.time.Duration;
import java.time.Instant;

/** What was posted while the store was away: each alert once, as far as can be remembered. One thread's own. */
final class Unkept {
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    private final Duration repeatAfter;
    private final Recent refused = new Recent();
    private final Recent taken = new Recent();

    /**
     * Nothing yet.
     *
     * @param repeatAfter how long what was taken isn't posted again for
     */
    Unkept(Duration repeatAfter) {
        this.repeatAfter = repeatAfter;
    }

    boolean mayTry(Alert alert, Instant now) {
        return !sent(alert, now) && !refused.within(alert, now, AGAIN_AFTER);
    }

    void tried(Alert alert, Instant at, boolean wasTaken) {
        (wasTaken ? taken : refused).put(alert, at);
    }

    /** Whether it was taken already. */
    boolean sent(Alert alert, Instant now) {
        return taken.within(alert, now, repeatAfter);
    }

    void forget(Alert alert) {
        taken.forget(alert);
        refused.forget(alert);
    }
}
