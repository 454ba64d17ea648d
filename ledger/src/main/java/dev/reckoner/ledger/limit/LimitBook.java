package dev.reckoner.ledger.limit;

import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.Settings.UnknownRate;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.alert.Alerts;
import dev.reckoner.ledger.limit.Account.Hold;
import dev.reckoner.ledger.limit.Account.Shortage;
import dev.reckoner.ledger.limit.Account.Used;
import dev.reckoner.ledger.limit.Account.Wanted;
import dev.reckoner.ledger.store.Taken;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits that hold, and what counts towards each: admits an exchange where all of its limits allow what it may come
 * to, holds that until its entry is made, and from then on counts what the books say.
 *
 * <p>Three threads bring what is counted: the data path asks ({@link #admit}), the journal's writer makes the entry
 * ({@link #booked}), the applier has put it into the store ({@link #entry}, {@link #correction}). One lock guards it all,
 * taken for some look-ups in maps and sums of decimals and never while anybody waits; that is why an event loop may take
 * it. Prices are worked out and alerts raised outside of it.
 *
 * <p>Where there is no limit, {@link #any} is all that is ever read.
 */
public final class LimitBook implements Admission, Taken {
    private static final Logger LOG = LoggerFactory.getLogger(LimitBook.class);
    private static final Verdict ADMITTED = new Verdict.Admitted(List.of());

    /** The tightest shortage is the one that lasts longest; of those, the one with the least left. */
    private static final Comparator<Shortage> TIGHTER =
            Comparator.comparing(LimitBook::lasts).thenComparing(Shortage::left, Comparator.reverseOrder());

    /** Entries without a rate, for which it is remembered what they were counted at. */
    private static final int PENDING_MAX = 100_000;

    private final Alerts alerts;
    private final Clock clock;
    private final @Nullable UnknownRate unknownRate;
    private volatile CautiousPrices prices;
    private volatile boolean any;

    private final ReentrantLock lock = new ReentrantLock();
    private final Accounts accounts;
    private final Map<ExchangeId, List<Hold>> holds = new HashMap<>();
    private final Map<ExchangeId, BigDecimal> pending = new HashMap<>();

    /**
     * A book without limits.
     *
     * @param unknownRate what a model without a rate is counted at, null for the dearest row
     */
    public LimitBook(RateTable rates, @Nullable UnknownRate unknownRate, Alerts alerts, Clock clock) {
        this(rates, unknownRate, alerts, clock, Accounts.SUBJECTS_MAX);
    }

    LimitBook(RateTable rates, @Nullable UnknownRate unknownRate, Alerts alerts, Clock clock, int subjectsMax) {
        this.alerts = alerts;
        this.clock = clock;
        this.unknownRate = unknownRate;
        this.prices = new CautiousPrices(rates, unknownRate);
        this.accounts = new Accounts(subjectsMax);
    }

    /** Prices by that table from now on. */
    public void rates(RateTable rates) {
        prices = new CautiousPrices(rates, unknownRate);
    }

    @Override
    public boolean any() {
        return any;
    }

    @Override
    public Verdict admit(ExchangeId id, Ask ask) {
        if (!any) {
            return ADMITTED;
        }
        Wanted wanted = prices.of(ask);
        List<Concerned> concerned = Concerned.of(ask.attribution());
        List<Alert> raised = new ArrayList<>();
        Verdict verdict = locked(() -> admit(id, wanted, concerned, raised));
        raised.forEach(alerts::raise);
        return verdict;
    }

    @Override
    public void release(ExchangeId id) {
        locked(() -> {
            Instant now = clock.instant();
            List<Hold> held = holds.remove(id);
            if (held != null) {
                held.forEach(hold -> hold.account().release(hold, now));
            }
            return id;
        });
    }

    /** Counts an entry that was made, in the place of what was held for it. Never throws; the journal's writer thread. */
    public void booked(Entry entry) {
        if (!any) {
            return;
        }
        try {
            List<Alert> raised = new ArrayList<>();
            locked(() -> {
                book(entry, raised);
                return entry;
            });
            raised.forEach(alerts::raise);
        } catch (RuntimeException e) {
            LOG.error("exchange {}: its entry could not be counted by limits until the store has it", entry.id(), e);
        }
    }

    @Override
    public void entry(Entry entry) {
        if (!any) {
            return;
        }
        locked(() -> {
            Cost cost = remembered(entry);
            budgets(entry).forEach(budget -> budget.take(entry.bookedAt(), cost));
            return entry;
        });
    }

    @Override
    public void correction(Entry replaced, Entry by) {
        if (!any) {
            return;
        }
        locked(() -> {
            Cost before = remembered(replaced);
            pending.remove(replaced.id());
            Cost after = remembered(by);
            budgets(replaced).forEach(budget -> budget.correct(replaced.bookedAt(), before, /* reversed= */ true));
            budgets(by).forEach(budget -> budget.correct(by.bookedAt(), after, /* reversed= */ false));
            return by;
        });
    }

    /** What an entry counts for, the same as long as it is pending. */
    Cost cost(Entry entry) {
        return locked(() -> remembered(entry));
    }

    /** Whether it is a budget of which nothing is known here yet. */
    boolean isNewBudget(Limit limit) {
        return limit.rule().cap() instanceof Cap.Budget && !locked(() -> accounts.knows(limit.id()));
    }

    /**
     * Puts limits in the place of those that held.
     *
     * @param spent what the store has for new budgets, by the id of a limit and by subject
     */
    void replace(List<Limit> limits, Map<String, Map<Subject, Cost>> spent, Instant now) {
        locked(() -> {
            accounts.replace(limits, spent, now);
            if (accounts.isEmpty()) {
                holds.clear();
                pending.clear();
            }
            any = !accounts.isEmpty();
            return accounts;
        });
    }

    /** The budgets of which a window has begun since the store was read. */
    List<Limit> begun() {
        return any ? locked(() -> accounts.begun(clock.instant())) : List.of();
    }

    /** Takes what the store has for these in their present windows; to be called while the store takes nothing. */
    void reread(Map<String, Map<Subject, Cost>> spent, Instant now) {
        locked(() -> {
            accounts.reread(spent, now);
            return accounts;
        });
    }

    /** How every limit stands by what is known here, without a look at the store. */
    public List<Standing> standings() {
        return locked(() -> accounts.standings(clock.instant()));
    }

    void forgetIdle() {
        locked(() -> {
            accounts.forgetIdle(clock.instant());
            return accounts;
        });
    }

    /** How many exchanges hold something. */
    int holding() {
        return locked(holds::size);
    }

    private Verdict admit(ExchangeId id, Wanted wanted, List<Concerned> concerned, List<Alert> raised) {
        Instant now = clock.instant();
        List<Account> applying = accounts.of(concerned, now);
        Shortage tightest = null;
        for (Account account : applying) {
            Shortage shortage = account.shortage(wanted, now);
            boolean tighter = shortage != null && (tightest == null || TIGHTER.compare(shortage, tightest) > 0);
            tightest = tighter ? shortage : tightest;
        }
        if (tightest != null) {
            return refused(tightest, now, raised);
        }
        List<Hold> held = new ArrayList<>(applying.size());
        applying.forEach(account -> held.add(account.hold(wanted, now)));
        if (!held.isEmpty() && holds.put(id, held) != null) {
            throw new IllegalStateException("exchange " + id + " was admitted twice");
        }
        return new Verdict.Admitted(LimitNotices.warnings(applying));
    }

    private static Duration lasts(Shortage shortage) {
        Duration lasts = shortage.retryAfter();
        return lasts == null ? Duration.ofSeconds(Long.MAX_VALUE) : lasts;
    }

    private static Verdict refused(Shortage shortage, Instant now, List<Alert> raised) {
        Alert alert = LimitNotices.refusal(shortage, now);
        if (shortage.account().firstRefusal(alert.about())) {
            raised.add(alert);
        }
        return new Verdict.Refused(LimitNotices.refused(shortage, now));
    }

    private void book(Entry entry, List<Alert> raised) {
        Instant now = clock.instant();
        Cost cost = remembered(entry);
        List<Hold> held = holds.remove(entry.id());
        if (held != null) {
            Used used = new Used(
                    cost,
                    entry.bookedAt(),
                    CautiousPrices.input(entry.charge()),
                    CautiousPrices.output(entry.charge()));
            held.forEach(hold -> hold.account().settle(hold, used, now));
        }
        if (cost.total().signum() == 0) {
            return;
        }
        for (BudgetAccount budget : budgets(entry)) {
            budget.book(entry.bookedAt(), cost);
            Alert alert = LimitNotices.threshold(budget, now);
            if (alert != null) {
                raised.add(alert);
            }
        }
    }

    private List<BudgetAccount> budgets(Entry entry) {
        if (!entry.closing().opening().route().metered()) {
            return List.of();
        }
        Attribution attribution = entry.closing().opening().attribution();
        List<BudgetAccount> budgets = new ArrayList<>();
        for (Account account : accounts.of(Concerned.of(attribution), clock.instant())) {
            if (account instanceof BudgetAccount budget) {
                budgets.add(budget);
            }
        }
        return budgets;
    }

    private Cost remembered(Entry entry) {
        Cost cost = prices.of(entry);
        if (cost.pending().signum() == 0) {
            return cost;
        }
        BigDecimal known = pending.get(entry.id());
        if (known == null && pending.size() < PENDING_MAX) {
            pending.put(entry.id(), cost.pending());
        }
        return known == null ? cost : new Cost(cost.amount(), known);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
