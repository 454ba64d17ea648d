package dev.reckoner.ledger.limit;

import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.config.LimitRule.Subject.Kind;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.report.EntryWalk;
import dev.reckoner.ledger.store.Store;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the store has for budgets that are new, in the window that they begin in: rollups for whole hours, entries for
 * what is left of hours that a window cuts in two, and entries that are pending one by one. Limits of one kind and window
 * are summed up in one query. Blocks; used once, while the store takes nothing.
 */
final class SpentSoFar {
    private static final Duration HOUR = Duration.ofHours(1);

    /** No window is longer, whatever clocks change in it. */
    private static final Duration LONGEST = Duration.ofDays(32);

    private final Store store;
    private final Reports reports;
    private final Function<StoredEntry, Cost> costs;
    private final Map<Key, Map<Subject, Cost>> sums = new HashMap<>();
    private @Nullable List<Pending> pending;

    /**
     * Begins with nothing.
     *
     * @param costs what an entry counts for
     */
    SpentSoFar(Store store, Reports reports, Function<StoredEntry, Cost> costs) {
        this.store = store;
        this.reports = reports;
        this.costs = costs;
    }

    private record Key(Kind kind, boolean each, Window window) {}

    /** What is kept of an entry without a rate. */
    private record Pending(Instant bookedAt, List<Concerned> concerned, Cost cost) {}

    /** What each of the limits has come to, by its id and by subject. */
    Map<String, Map<Subject, Cost>> of(List<Limit> limits, Instant now) {
        Map<String, Map<Subject, Cost>> spent = new HashMap<>();
        for (Limit limit : limits) {
            if (limit.rule().cap() instanceof Cap.Budget budget) {
                Subject subject = limit.rule().subject();
                Key key = new Key(subject.kind(), subject.each(), Window.of(budget, now));
                Map<Subject, Cost> all = sums.computeIfAbsent(key, this::sum);
                spent.put(limit.id(), subject.each() ? all : Map.of(subject, all.getOrDefault(subject, Cost.ZERO)));
            }
        }
        return spent;
    }

    private Map<Subject, Cost> sum(Key key) {
        Map<Subject, Cost> sum = new HashMap<>();
        Instant start = key.window().start();
        Instant end = key.window().end();
        Instant firstHour = ceiling(start);
        Instant lastHour = end.truncatedTo(ChronoUnit.HOURS);
        add(sum, key, firstHour, lastHour, Bucket.ALL);
        add(sum, key, start, firstHour, Bucket.MINUTE);
        add(sum, key, lastHour, end, Bucket.MINUTE);
        for (Pending entry : pending(end)) {
            if (key.window().holds(entry.bookedAt())) {
                entry.concerned().stream()
                        .filter(one -> one.subject().kind() == key.kind() && (one.each() || !key.each()))
                        .forEach(one -> sum.merge(one.subject(), entry.cost(), Cost::plus));
            }
        }
        return sum;
    }

    private void add(Map<Subject, Cost> sum, Key key, Instant from, Instant until, Bucket bucket) {
        if (!from.isBefore(until)) {
            return;
        }
        List<Dimension> by = dimensions(key.kind());
        for (ReportRow row : reports.report(new ReportQuery(from, until, bucket, by, Map.of()))) {
            Cost cost = new Cost(row.sums().amount(), BigDecimal.ZERO);
            for (String value : values(key, row.group())) {
                sum.merge(new Subject(key.kind(), value), cost, Cost::plus);
            }
        }
    }

    private static List<Dimension> dimensions(Kind kind) {
        return switch (kind) {
            case ALL -> List.of();
            case USER -> List.of(Dimension.USER);
            case TEAM -> List.of(Dimension.TEAM);
            case PROJECT -> List.of(Dimension.PROJECT);
            case KEY -> List.of(Dimension.VIRTUAL_KEY, Dimension.KEY);
            case TAG -> List.of(Dimension.TAG);
        };
    }

    /** Whom a row counts for, as {@link Concerned} has it. */
    private static List<String> values(Key key, List<String> group) {
        return switch (key.kind()) {
            case ALL -> List.of(Subject.ALL.value());
            case TAG -> group.get(0).isEmpty() ? List.of() : group;
            case KEY -> group.get(0).isEmpty() ? group.subList(1, 2) : key.each() ? group.subList(0, 1) : group;
            default -> group;
        };
    }

    /** Entries without a rate, of any time that a window which is now can reach back to. */
    private List<Pending> pending(Instant end) {
        List<Pending> found = pending;
        if (found == null) {
            found = new ArrayList<>();
            for (Instant hour : EntryWalk.pendingHours(store)) {
                if (hour.isAfter(end.minus(LONGEST.multipliedBy(2)))) {
                    read(hour, found);
                }
            }
            pending = found;
        }
        return found;
    }

    private void read(Instant hour, List<Pending> found) {
        EntryWalk walk = new EntryWalk(store, hour, hour.plus(HOUR), Map.of(), true);
        for (List<StoredEntry> page = walk.next(); !page.isEmpty(); page = walk.next()) {
            for (StoredEntry stored : page) {
                Cost cost = new Cost(BigDecimal.ZERO, costs.apply(stored).pending());
                Attribution whose = stored.entry().closing().opening().attribution();
                found.add(new Pending(stored.entry().bookedAt(), Concerned.of(whose), cost));
            }
        }
    }

    private static Instant ceiling(Instant instant) {
        Instant hour = instant.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(instant) ? hour : hour.plus(HOUR);
    }
}
