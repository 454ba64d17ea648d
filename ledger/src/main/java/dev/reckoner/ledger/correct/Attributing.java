package dev.reckoner.ledger.correct;

import dev.reckoner.ledger.AttributeQuery;
import dev.reckoner.ledger.AttributeResult;
import dev.reckoner.ledger.AttributeResult.Assigned;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.AttributionRule;
import dev.reckoner.ledger.Correction;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.report.EntryWalk;
import dev.reckoner.ledger.store.Store;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says who caused entries where nobody did, as corrections with the charge as it was. What is stated is never replaced,
 * so that doing it again changes nothing. Blocks; used once.
 */
public final class Attributing {
    private final Store store;
    private final Rerating.Outlet outlet;
    private final Clock clock;
    private final BooleanSupplier stopped;
    private final Map<Whom, Sum> sums = new TreeMap<>(
            Comparator.comparing(Whom::user).thenComparing(Whom::team).thenComparing(Whom::project));
    private long entries;
    private long changed;

    /**
     * An attributing that has not begun.
     *
     * @param stopped whether it shall end early
     */
    public Attributing(Store store, Rerating.Outlet outlet, Clock clock, BooleanSupplier stopped) {
        this.store = store;
        this.outlet = outlet;
        this.clock = clock;
        this.stopped = stopped;
    }

    private record Whom(String user, String team, String project) {}

    private record Sum(long exchanges, BigDecimal amount) {
        Sum plus(BigDecimal more) {
            return new Sum(exchanges + 1, amount.add(more));
        }
    }

    /**
     * Attributes what was asked for.
     *
     * @throws LedgerException where a correction can't be booked; those that were booked before stay
     */
    public AttributeResult run(AttributeQuery query) {
        EntryWalk walk = new EntryWalk(store, query.from(), query.until(), query.where(), false);
        try (Window window = new Window(outlet)) {
            for (List<StoredEntry> page = walk.next(); !page.isEmpty(); page = walk.next()) {
                for (StoredEntry stored : page) {
                    expectOpen();
                    entries++;
                    Attribution attribution = attributed(stored.entry(), query.rules());
                    if (attribution != null) {
                        count(attribution, stored.entry());
                        if (query.apply()) {
                            window.book(correction(stored, attribution));
                        }
                    }
                }
            }
            window.finish();
        }
        return new AttributeResult(entries, changed, query.apply(), assigned());
    }

    private void expectOpen() {
        if (stopped.getAsBoolean()) {
            throw new LedgerException("the books are being closed; " + changed
                    + " entries were found to attribute so far: do the same again later");
        }
    }

    /** Who caused it by the rules; null where they say nothing new. */
    private static @Nullable Attribution attributed(Entry entry, List<AttributionRule> rules) {
        Attribution before = entry.closing().opening().attribution();
        Attribution after = before;
        for (AttributionRule rule : rules) {
            if (rule.covers(after)) {
                after = new Attribution(
                        or(after.user(), rule.user()),
                        or(after.team(), rule.team()),
                        or(after.project(), rule.project()),
                        after.session(),
                        after.tags(),
                        after.key(),
                        after.virtualKey());
            }
        }
        return after.equals(before) ? null : after;
    }

    private static @Nullable Part or(@Nullable Part stated, @Nullable String assigned) {
        return stated == null && assigned != null ? new Part(assigned, Source.ASSIGNED) : stated;
    }

    private void count(Attribution to, Entry entry) {
        changed++;
        Whom whom = new Whom(value(to.user()), value(to.team()), value(to.project()));
        BigDecimal amount = entry.charge().amount();
        sums.merge(whom, new Sum(1, amount), (sum, one) -> sum.plus(amount));
    }

    private static String value(@Nullable Part part) {
        return part == null ? "" : part.value();
    }

    private List<Assigned> assigned() {
        return sums.entrySet().stream()
                .map(sum -> new Assigned(
                        sum.getKey().user(),
                        sum.getKey().team(),
                        sum.getKey().project(),
                        sum.getValue().exchanges(),
                        sum.getValue().amount()))
                .toList();
    }

    private Correction correction(StoredEntry stored, Attribution attribution) {
        Entry entry = stored.entry();
        return new Correction(
                new Entry(entry.closing().by(attribution), entry.charge(), entry.bookedAt()),
                stored.revision(),
                clock.instant(),
                Correction.ATTRIBUTED,
                "to " + String.join(", ", said(attribution)));
    }

    private static List<String> said(Attribution attribution) {
        List<String> said = new ArrayList<>();
        add(said, "user ", attribution.user());
        add(said, "team ", attribution.team());
        add(said, "project ", attribution.project());
        return said;
    }

    private static void add(List<String> said, String label, @Nullable Part part) {
        if (part != null) {
            said.add(label + part.value());
        }
    }
}
