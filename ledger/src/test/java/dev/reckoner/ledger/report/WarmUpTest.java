package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is asked for when the books are opened. */
final class WarmUpTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
    private static final int OF_MONTH = 30 * 8;
    private static final int OF_YEAR = (366 - 30) * 3;
    private static final int OF_HOURS = 14;

    private final List<ReportQuery> asked = new CopyOnWriteArrayList<>();

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
        CountDownLatch all = new CountDownLatch(OF_MONTH + OF_YEAR + OF_HOURS);
        try (WarmUp warmUp = new WarmUp(
                reports(query -> {
                    all.countDown();
                    return List.of();
                }),
                NOW)) {
            warmUp.start();
            await(all);
        }
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
    }

    @Test
    void close_endsItAfterTheQuestionInHand() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        WarmUp warmUp = new WarmUp(
                reports(query -> {
                    first.countDown();
                    await(goOn);
                    return List.of();
                }),
                NOW);
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
        WarmUp warmUp = new WarmUp(
                reports(query -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
                    asking.complete(Thread.currentThread());
                    throw new LedgerException("the disk is gone");
                }),
                NOW);
        warmUp.start();
        asking.get(20, TimeUnit.SECONDS).join(TimeUnit.SECONDS.toMillis(20));
        assertEquals(1, asked.size());
        assertEquals(List.of(), uncaught);
        warmUp.close();
    }

    @Test
    void neverStarted_closes() {
        new WarmUp(reports(query -> List.of()), NOW).close();
        assertEquals(List.of(), asked);
    }
}
