package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Sums;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked for when the books are opened. */
final class WarmUpTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
    private static final int OF_MONTH = 30 * 8;
    private static final int OF_YEAR = (366 - 30) * 3;
    private static final int OF_HOURS = 14;

    private static final ReportRow SINCE_LAST_YEAR = since("2025-01-01T00:00:00Z");

    private final List<ReportQuery> asked = new CopyOnWriteArrayList<>();
    private final List<Boolean> readAhead = new CopyOnWriteArrayList<>();

    private static ReportRow since(String first) {
        return new ReportRow(null, List.of(), new Sums(1, 0, 0, 0, Map.of(), Map.of()), Instant.parse(first), NOW);
    }

    private WarmUp warmUp(Function<ReportQuery, List<ReportRow>> answer) {
        return new WarmUp(reports(answer), goOn -> readAhead.add(goOn.getAsBoolean()), NOW);
    }

    private Reports reports(Function<ReportQuery, List<ReportRow>> answer) {
        return (Reports) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Reports.class}, (proxy, method, arguments) -> {
                    assertEquals("report", method.getName());
                    ReportQuery query = (ReportQuery) Objects.requireNonNull(arguments)[0];
                    asked.add(query);
                    return answer.apply(query);
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void lastYear_isAskedFor_dayByDay_theLatestFirst() {
        run(SINCE_LAST_YEAR, OF_MONTH + OF_YEAR + OF_HOURS);

        assertEquals(List.of(true), readAhead);
        Instant today = Instant.parse("2026-11-22T00:00:00Z");
        assertEquals(today, asked.get(0).from());
        for (int i = 0; i < asked.size(); i++) {
            ReportQuery query = asked.get(i);
            int hours = i - OF_MONTH - OF_YEAR;
            int day = i < OF_MONTH ? i / 8 : hours < 0 ? 30 + (i - OF_MONTH) / 3 : hours;
            assertEquals(today.minus(Duration.ofDays(day)), query.from());
            assertEquals(query.until(), query.from().plus(Duration.ofDays(1)));
            assertEquals(hours < 0 ? Bucket.DAY : Bucket.HOUR, query.bucket());
        }
        assertEquals(
                List.of("[]", "[MODEL]", "[USER]", "[TEAM]", "[PROJECT]", "[KEY]", "[TAG]", "[SESSION]"), by(0, 8));
        assertEquals(List.of("[MODEL]", "[USER]", "[TAG]"), by(OF_MONTH, OF_MONTH + 3));
        assertEquals(List.of("[USER]"), by(OF_MONTH + OF_YEAR, OF_MONTH + OF_YEAR + 1));
    }

    private List<String> by(int from, int to) {
        return asked.subList(from, to).stream()
                .map(query -> query.by().toString())
                .toList();
    }

    @Test
    void daysBeforeTheFirst_arentAskedFor() {
        run(since("2026-11-21T23:00:00Z"), 2 * 8 + 2);
        assertEquals(Instant.parse("2026-11-21T00:00:00Z"), asked.get(8).from());
    }

    @Test
    void emptyBooks_areAskedNothingMore() {
        run(null, 0);
        assertEquals(List.of(), asked);
    }

    /** Asks until there is nothing more to ask; what was asked first, since when the books are, isn't kept. */
    private void run(@Nullable ReportRow since, int questions) {
        CountDownLatch all = new CountDownLatch(1 + questions);
        try (WarmUp warmUp = warmUp(query -> {
            all.countDown();
            return query.bucket() == Bucket.ALL && since != null ? List.of(since) : List.of();
        })) {
            warmUp.start();
            await(all);
        }
        assertEquals(Bucket.ALL, asked.remove(0).bucket());
        assertEquals(questions, asked.size());
    }

    @Test
    void close_endsItAfterTheQuestionInHand() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        WarmUp warmUp = warmUp(query -> {
            first.countDown();
            await(goOn);
            return List.of(SINCE_LAST_YEAR);
        });
        warmUp.start();
        await(first);
        Thread closing = new Thread(warmUp::close);
        closing.start();
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        closing.join(TimeUnit.SECONDS.toMillis(20));
        assertEquals(Thread.State.TERMINATED, closing.getState());
        assertEquals(1, asked.size());
    }

    @Test
    void booksThatCantBeRead_areAskedOnce_andLeftToWhoeverComes() throws Exception {
        CompletableFuture<Thread> asking = new CompletableFuture<>();
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        WarmUp warmUp = warmUp(query -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
            asking.complete(Thread.currentThread());
            throw new LedgerException("the disk is gone");
        });
        warmUp.start();
        asking.get(20, TimeUnit.SECONDS).join(TimeUnit.SECONDS.toMillis(20));
        assertEquals(1, asked.size());
        assertEquals(List.of(), uncaught);
        warmUp.close();
    }

    @Test
    void neverStarted_closes() {
        warmUp(query -> List.of()).close();
        assertEquals(List.of(), asked);
    }
}
