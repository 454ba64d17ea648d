package dev.reckoner.reconcile.kept;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the bill has and no response states, so that no entry can have it: container time of code execution, running time of
 * sessions. Each day as the latest reconciliation of it has it. Safe on any thread.
 */
public final class UnstatedTime {

    /** Reconciliations that are looked at, the latest first: more than one for each day of a year. */
    private static final int LOOKED_AT_MAX = 1_000;

    private final Archive archive;
    private final Map<String, Days> known = new ConcurrentHashMap<>();

    /** Of the reconciliations in that archive. */
    public UnstatedTime(Archive archive) {
        this.archive = archive;
    }

    /**
     * What some days came to, USD.
     *
     * @param days how many of them were reconciled
     */
    public record Sums(int days, BigDecimal codeExecution, BigDecimal sessionTime) {
        private static final Sums NONE = new Sums(0, BigDecimal.ZERO, BigDecimal.ZERO);

        private Sums plus(Sums other) {
            return new Sums(
                    days + other.days, codeExecution.add(other.codeExecution), sessionTime.add(other.sessionTime));
        }
    }

    /** What a reconciliation says of its days; those without a sum came to nothing. */
    private record Days(LocalDate from, LocalDate to, Map<LocalDate, Sums> sums) {
        private static final Days NONE = new Days(LocalDate.MAX, LocalDate.MIN, Map.of());

        private static Days of(Reconciliation reconciliation) {
            Map<LocalDate, Sums> sums = new HashMap<>();
            for (Variance variance : reconciliation.result().variances()) {
                boolean container = variance.cause() == Cause.CONTAINER;
                if (container || variance.cause() == Cause.SESSION_TIME) {
                    BigDecimal amount = variance.difference();
                    sums.merge(
                            variance.cell().day(),
                            container ? new Sums(0, amount, BigDecimal.ZERO) : new Sums(0, BigDecimal.ZERO, amount),
                            Sums::plus);
                }
            }
            return new Days(reconciliation.from(), reconciliation.to(), Map.copyOf(sums));
        }

        private Sums of(LocalDate day) {
            return new Sums(1, BigDecimal.ZERO, BigDecimal.ZERO).plus(sums.getOrDefault(day, Sums.NONE));
        }
    }

    /** Sums over some days, both inclusive. */
    public Sums of(LocalDate from, LocalDate to) {
        Set<LocalDate> open = new HashSet<>(from.datesUntil(to.plusDays(1)).toList());
        Sums sum = Sums.NONE;
        Instant before = from.atStartOfDay(ZoneOffset.UTC).toInstant();
        for (Document document : latest()) {
            if (open.isEmpty() || document.keptAt().isBefore(before)) {
                // those that follow are older still, and no day is reconciled before it comes
                break;
            }
            Days days = known.computeIfAbsent(document.name(), this::read);
            for (LocalDate day = later(from, days.from());
                    !day.isAfter(earlier(to, days.to()));
                    day = day.plusDays(1)) {
                sum = open.remove(day) ? sum.plus(days.of(day)) : sum;
            }
        }
        return sum;
    }

    private List<Document> latest() {
        List<Document> latest = archive.list(KeptReconciliations.KIND, LOOKED_AT_MAX);
        known.keySet().retainAll(latest.stream().map(Document::name).toList());
        return latest;
    }

    private Days read(String name) {
        return new KeptReconciliations(archive).find(name).map(Days::of).orElse(Days.NONE);
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
