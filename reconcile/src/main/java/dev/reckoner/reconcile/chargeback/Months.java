package dev.reckoner.reconcile.chargeback;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Reports;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.Reconciler;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.booked.LedgerReader;
import dev.reckoner.reconcile.identity.Identity;
import dev.reckoner.reconcile.vendor.Pulled;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Splits months, and closes them. An open month is split from the bill as it is now; a closed one is what it was when it
 * was closed, and what the vendor restates of it afterwards is an adjustment in the months behind it.
 */
public final class Months {

    /** How many months back closed ones are looked at again. Each costs a pull of its days. */
    public static final int ADJUSTED_MAX = 3;

    /** Those that a month is split by. */
    public static final Set<Dimension> OWNERS = Set.of(Dimension.USER, Dimension.TEAM, Dimension.PROJECT);

    private final Reports reports;
    private final ClosedMonths closed;
    private final Reconciler reconciler;
    private final Function<ReconcileRequest, Pulled> bill;

    /**
     * The months of one ledger.
     *
     * @param bill pulls the bill of some days, anew each time
     */
    public Months(Reports reports, Archive archive, Reconciler reconciler, Function<ReconcileRequest, Pulled> bill) {
        this.reports = reports;
        this.closed = new ClosedMonths(archive);
        this.reconciler = reconciler;
        this.bill = bill;
    }

    /**
     * A month: as it was closed, or split now.
     *
     * @param to the last day to split, where the month is open
     */
    public MonthSplit split(YearMonth month, LocalDate to, Set<Dimension> owners) {
        return closed.find(month).orElseGet(() -> adjusted(month, to, owners));
    }

    /** A month as it was closed; empty where it is open. */
    public Optional<MonthSplit> closed(YearMonth month) {
        return closed.find(month);
    }

    /** When a month was closed; empty where it is open. */
    public Optional<Instant> closedAt(YearMonth month) {
        return closed.find(month).map(MonthSplit::closedAt);
    }

    /** Splits a month that is over by all owners, and freezes what came of it; empty where nothing of it is billed. */
    public Optional<MonthSplit> close(YearMonth month, Instant now) {
        MonthSplit split = adjusted(month, month.atEndOfMonth(), OWNERS).closed(now);
        if (split.days().isEmpty()) {
            return Optional.empty();
        }
        closed.keep(split);
        return Optional.of(split);
    }

    private MonthSplit adjusted(YearMonth month, LocalDate to, Set<Dimension> owners) {
        MonthSplit own = own(month, to, owners);
        Map<Dimension, List<Owed>> rows = new EnumMap<>(Dimension.class);
        own.rows().forEach((by, list) -> rows.put(by, new ArrayList<>(list)));
        List<String> notes = new ArrayList<>(own.notes());
        for (int back = ADJUSTED_MAX; back > 0; back--) {
            closed.find(month.minusMonths(back)).ifPresent(frozen -> adjust(frozen, month, rows, notes));
        }
        return new MonthSplit(month, to, own.billed(), own.days(), rows, notes, own.inputsSha256(), null);
    }

    private void adjust(MonthSplit frozen, YearMonth in, Map<Dimension, List<Owed>> rows, List<String> notes) {
        MonthSplit now = own(frozen.month(), frozen.to(), rows.keySet());
        SortedSet<LocalDate> gone = new TreeSet<>(frozen.days());
        gone.removeAll(now.days());
        if (!gone.isEmpty()) {
            notes.add("No adjustment of " + frozen.month() + ": it was closed with a bill of " + gone.first()
                    + (gone.size() == 1 ? "" : " and " + (gone.size() - 1) + " more days")
                    + ", of which the bill has nothing now.");
            return;
        }
        List<MonthSplit> others = others(frozen.month(), in);
        rows.forEach((by, list) -> list.addAll(Adjustments.of(frozen, now.by(by), others, by)));
    }

    /** The closed months, but one, that may hold adjustments of a month. */
    private List<MonthSplit> others(YearMonth of, YearMonth but) {
        List<MonthSplit> others = new ArrayList<>();
        for (int ahead = 1; ahead <= ADJUSTED_MAX; ahead++) {
            YearMonth later = of.plusMonths(ahead);
            if (!later.equals(but)) {
                closed.find(later).ifPresent(others::add);
            }
        }
        return others;
    }

    /** A month's own bill, split now. */
    private MonthSplit own(YearMonth month, LocalDate to, Set<Dimension> owners) {
        ReconcileRequest request = new ReconcileRequest(month.atDay(1), to, BigDecimal.ZERO);
        Pulled pulled = bill.apply(request);
        Reconciliation result = reconciler.reconcile(request, pulled);
        LedgerReader ledger = new LedgerReader(
                reports, new Identity(pulled.keys(), pulled.workspaces().keySet()));
        Map<Dimension, List<Owed>> rows = new EnumMap<>(Dimension.class);
        for (Dimension owner : owners) {
            rows.put(
                    owner,
                    Chargeback.split(
                            pulled.costs(),
                            result.result().variances(),
                            ledger.shares(request.from(), request.until(), owner)));
        }
        SortedSet<LocalDate> days = pulled.costs().stream()
                .filter(cost -> cost.amount().signum() != 0)
                .map(cost -> cost.cell().day())
                .collect(Collectors.toCollection(TreeSet::new));
        return new MonthSplit(month, to, result.result().billed(), days, rows, List.of(), result.inputsSha256(), null);
    }
}
