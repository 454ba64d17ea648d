package dev.reckoner.ledger.correct;

import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.RerateResult;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The result of a re-rating in the making. Not safe for several threads. */
final class RerateSums {
    private final String ratesVersion;
    private final Part whole = new Part();
    private final Map<String, Part> models = new TreeMap<>();
    private long entries;

    RerateSums(String ratesVersion) {
        this.ratesVersion = ratesVersion;
    }

    void seen() {
        entries++;
    }

    /** Adds an entry whose charge changes. */
    void changed(Entry entry, Charge charge) {
        Set<String> touched = new HashSet<>();
        for (Line line : entry.charge().lines()) {
            touched.add(line.model());
            model(line.model()).before(line);
            whole.before(line);
        }
        for (Line line : charge.lines()) {
            touched.add(line.model());
            model(line.model()).after(line);
            whole.after(line);
        }
        if (touched.isEmpty()) {
            String served = entry.closing().reading().model();
            touched.add(served == null ? "" : served);
        }
        touched.forEach(model -> model(model).exchange(entry.charge(), charge));
        whole.exchange(entry.charge(), charge);
    }

    long changed() {
        return whole.exchanges;
    }

    RerateResult result(boolean booked) {
        return new RerateResult(
                ratesVersion,
                entries,
                whole.exchanges,
                booked,
                whole.before,
                whole.after,
                whole.pendingBefore,
                whole.pendingAfter,
                models.entrySet().stream()
                        .map(model -> model.getValue().ofModel(model.getKey()))
                        .toList());
    }

    private Part model(String model) {
        return models.computeIfAbsent(model, none -> new Part());
    }

    /** Sums over entries that change. */
    private static final class Part {
        private long exchanges;
        private BigDecimal before = BigDecimal.ZERO;
        private BigDecimal after = BigDecimal.ZERO;
        private long pendingBefore;
        private long pendingAfter;

        void before(Line line) {
            before = line.amount() == null ? before : before.add(line.amount());
        }

        void after(Line line) {
            after = line.amount() == null ? after : after.add(line.amount());
        }

        void exchange(Charge from, Charge to) {
            exchanges++;
            pendingBefore += from.status() == RatingStatus.PENDING ? 1 : 0;
            pendingAfter += to.status() == RatingStatus.PENDING ? 1 : 0;
        }

        RerateResult.OfModel ofModel(String model) {
            return new RerateResult.OfModel(model, exchanges, before, after, pendingBefore, pendingAfter);
        }
    }
}
