package dev.reckoner.app.alert;

import dev.reckoner.ledger.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** When alerts were last handled, as far as can be remembered. One thread's own. */
final class Recent {
    private static final int REMEMBERED_MAX = 1_024;

    private final Map<String, Instant> handled = new LinkedHashMap<>();

    /** Whether an alert of that kind about the same was handled so shortly before. */
    boolean within(Alert alert, Instant now, Duration time) {
        Instant last = handled.get(name(alert));
        return last != null && now.isBefore(last.plus(time));
    }

    void put(Alert alert, Instant at) {
        handled.remove(name(alert));
        if (handled.size() >= REMEMBERED_MAX) {
            handled.remove(handled.keySet().iterator().next());
        }
        handled.put(name(alert), at);
    }

    void forget(Alert alert) {
        handled.remove(name(alert));
    }

    private static String name(Alert alert) {
        return alert.kind() + " " + alert.about();
    }
}
