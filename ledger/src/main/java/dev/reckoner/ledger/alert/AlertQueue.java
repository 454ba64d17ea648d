package dev.reckoner.ledger.alert;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bounded queue between whoever raises alerts and the one thread that keeps and sends them. What says the same as one
 * that waits already is counted with it, so that a thousand exchanges of one unknown model take one place.
 */
public final class AlertQueue implements Alerts {

    /** Different alerts that may wait; further ones are dropped and counted. */
    static final int WAITING_MAX = 1_024;

    private final ConcurrentMap<Key, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicLong dropped = new AtomicLong();
    private final ConcurrentMap<Alert.Kind, Long> raised = new ConcurrentHashMap<>();

    private record Key(Alert.Kind kind, String about) {}

    /**
     * An alert that waits.
     *
     * @param alert as it was raised last
     * @param times how often it was raised
     */
    public record Waiting(Alert alert, long times) {

        private Waiting and(Waiting other) {
            Alert latest = other.alert.at().isAfter(alert.at()) ? other.alert : alert;
            return new Waiting(latest, times + other.times);
        }
    }

    @Override
    public void raise(Alert alert) {
        raised.merge(alert.kind(), 1L, Long::sum);
        put(new Waiting(alert, 1));
    }

    /** Lets an alert that was taken wait again. */
    public void put(Waiting again) {
        Key key = new Key(again.alert().kind(), again.alert().about());
        if (waiting.size() >= WAITING_MAX && !waiting.containsKey(key)) {
            dropped.addAndGet(again.times());
            return;
        }
        waiting.merge(key, again, Waiting::and);
    }

    /** Takes all that waits, the earliest first. */
    public List<Waiting> take() {
        List<Waiting> taken = new ArrayList<>();
        for (Key key : waiting.keySet()) {
            Waiting one = waiting.remove(key);
            if (one != null) {
                taken.add(one);
            }
        }
        taken.sort(Comparator.comparing((Waiting one) -> one.alert().at()));
        return taken;
    }

    /** How often one of that kind was raised, whether it said anything new or not. */
    public long raised(Alert.Kind kind) {
        return raised.getOrDefault(kind, 0L);
    }

    /** How many found no room. */
    public long dropped() {
        return dropped.get();
    }
}
