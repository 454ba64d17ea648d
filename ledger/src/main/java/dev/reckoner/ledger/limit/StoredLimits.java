package dev.reckoner.ledger.limit;

import dev.reckoner.config.LimitRule;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Uninterrupted;
import dev.reckoner.ledger.store.Applier;
import dev.reckoner.ledger.store.LimitTable;
import dev.reckoner.ledger.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits of settings and store, kept alike in the {@link LimitBook}. A thread looks twice a second whether somebody
 * has changed them, be it another server on the same store; what is changed here holds at once.
 *
 * <p>{@code busy} lets one change or look happen at a time. Never taken on an event loop.
 */
public final class StoredLimits implements Limits, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredLimits.class);

    /** How often it is looked; with what a look takes, well below the second that is promised. */
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /** Looks between two that let the book forget whom nothing is counted for. */
    private static final int LOOKS_PER_TIDYING = 120;

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(30);

    /** Limits in the store; each is held in memory. */
    static final int LIMITS_MAX = 100_000;

    private final List<Limit> ofSettings;
    private final Store store;
    private final Reports reports;
    private final Applier applier;
    private final LimitBook book;
    private final Clock clock;

    private final ReentrantLock busy = new ReentrantLock();
    private final CountDownLatch closing = new CountDownLatch(1);
    private List<Limit> ofStore = List.of();
    private long version = -1;
    private @Nullable Thread thread;

    /** Limits of those books; nothing holds before the first {@link #look}. */
    public StoredLimits(
            List<LimitRule> settings, Store store, Reports reports, Applier applier, LimitBook book, Clock clock) {
        this.ofSettings = settings.stream().map(Limit::ofSettings).toList();
        this.store = store;
        this.reports = reports;
        this.applier = applier;
        this.book = book;
        this.clock = clock;
    }

    /**
     * Takes what has been changed since, if anything: when it returns, the book holds the limits that there are, with what
     * they have come to.
     */
    public void look() {
        busy.lock();
        try {
            long now = LimitTable.version(store);
            if (now != version) {
                take();
                version = now;
            }
            reread();
        } finally {
            busy.unlock();
        }
    }

    /** Begins to look by itself. */
    public void start() {
        Thread looking = new Thread(this::run, "limits");
        looking.setDaemon(true);
        thread = looking;
        looking.start();
    }

    /** Looks no more. */
    @Override
    public void close() {
        closing.countDown();
        Thread looking = thread;
        if (looking != null) {
            Uninterrupted.join(looking);
        }
    }

    @Override
    public List<Standing> standings() {
        book.standings(); // lets windows begin that nobody has asked for yet
        look();
        return book.standings();
    }

    @Override
    public Limit set(LimitRule rule, String by) {
        busy.lock();
        try {
            look();
            Optional<Limit> same = ofStore.stream()
                    .filter(limit -> limit.rule().sameExceptValue(rule))
                    .findFirst();
            if (same.isEmpty() && ofStore.size() >= LIMITS_MAX) {
                throw new LedgerException("found " + ofStore.size() + " limits, which is as many as there may be;"
                        + " remove some, or set one for each of a kind, such as user=*");
            }
            Instant now = clock.instant();
            Limit limit = same.map(known -> known.with(rule)).orElseGet(() -> Limit.created(rule, now));
            if (!same.equals(Optional.of(limit))) {
                change(limit, same.isEmpty() ? LimitChange.Action.CREATED : LimitChange.Action.CHANGED, now, by);
            }
            return limit;
        } finally {
            busy.unlock();
        }
    }

    @Override
    public Limit remove(String id, String by) {
        busy.lock();
        try {
            look();
            if (ofSettings.stream().anyMatch(limit -> limit.id().equals(id))) {
                throw new LedgerException(
                        "the limit " + id + " stands in the settings (limits.rules); remove it there");
            }
            Limit limit = ofStore.stream()
                    .filter(known -> known.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new LedgerException(
                            "there is no limit " + id + "; reckoner limits list shows those that there are"));
            change(limit, LimitChange.Action.REMOVED, clock.instant(), by);
            return limit;
        } finally {
            busy.unlock();
        }
    }

    @Override
    public List<LimitChange> changes(String limitId, long before, int max) {
        return LimitTable.changes(store, limitId, before, max);
    }

    private void change(Limit limit, LimitChange.Action action, Instant now, String by) {
        Instant created = limit.createdAt() == null ? now : limit.createdAt();
        LimitTable.change(store, new LimitTable.Row(limit.id(), limit.rule().toString(), created), action, now, by);
        look();
    }

    private void take() {
        ofStore = LimitTable.all(store).stream()
                .flatMap(row -> limit(row).stream())
                .toList();
        List<Limit> all = new ArrayList<>(ofSettings);
        all.addAll(ofStore);
        if (all.stream().anyMatch(book::isNewBudget)) {
            // not needed for the sums to come right, but until then they would be short of what the store hasn't taken
            Uninterrupted.run(() -> applier.catchUp(CATCH_UP_MAX));
        }
        applier.still(() -> {
            Instant now = clock.instant();
            List<Limit> fresh = all.stream().filter(book::isNewBudget).toList();
            book.replace(all, spent().of(fresh, now), now);
            return all;
        });
    }

    /** A window that begins is read once: after a clock was ahead, the books have entries in it before it comes. */
    private void reread() {
        List<Limit> begun = book.begun();
        if (!begun.isEmpty()) {
            applier.still(() -> {
                Instant now = clock.instant();
                book.reread(spent().of(begun, now), now);
                return begun;
            });
        }
    }

    private SpentSoFar spent() {
        return new SpentSoFar(store, reports, stored -> book.cost(stored.entry()));
    }

    private static Optional<Limit> limit(LimitTable.Row row) {
        Optional<LimitRule> rule = LimitRule.parse(row.rule());
        if (rule.isEmpty()) {
            LOG.warn("the limit {} can't be understood and doesn't hold: {}", row.id(), row.rule());
        }
        return rule.map(known -> new Limit(row.id(), known, row.createdAt(), Limit.Origin.BOOKS));
    }

    private void run() {
        int looks = 0;
        boolean failing = false;
        while (!ended()) {
            try {
                look();
                if (++looks % LOOKS_PER_TIDYING == 0) {
                    book.forgetIdle();
                }
                failing = false;
            } catch (RuntimeException e) {
                if (!failing) {
                    LOG.warn("the limits can't be read; those that were known go on holding: {}", e.getMessage());
                }
                failing = true;
            }
        }
    }

    private boolean ended() {
        boolean[] ended = new boolean[1];
        Uninterrupted.run(() -> ended[0] = closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        return ended[0];
    }
}
