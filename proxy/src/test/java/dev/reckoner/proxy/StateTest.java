package dev.reckoner.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a proxy says about itself: exchanges in flight, connections to both sides. */
final class StateTest {
    private static final long AWAIT_MAX = TimeUnit.SECONDS.toNanos(10);

    @Test
    void state_whileAnExchangeRuns_andAfterIt() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        try (ScriptedUpstream upstream = ScriptedUpstream.playing(with -> {
                    with.request();
                    asked.countDown();
                    answer.await(10, TimeUnit.SECONDS);
                    with.send(Wire.ok("{}"));
                    leave.await(10, TimeUnit.SECONDS);
                });
                ProxyHarness proxy = ProxyHarness.before(upstream.url())) {
            assertEquals(new ProxyState(0, 0, 0, 0, 0, 0, 0), proxy.state());
            try (RawClient client = proxy.client()) {
                client.send(Wire.post("{}"));
                asked.await(10, TimeUnit.SECONDS);
                await(proxy, new ProxyState(1, 0, 0, 1, 1, 0, 0)::equals);

                answer.countDown();
                client.response();
                await(proxy, new ProxyState(0, 0, 0, 1, 1, 1, 0)::equals);
            }
            await(proxy, state -> state.clientConnections() == 0);
            leave.countDown();
            await(proxy, new ProxyState(0, 0, 0, 0, 0, 0, 0)::equals);
        }
    }

    @Test
    void state_whereTheUpstreamRefuses_countsNobodyWhoWaits() throws Exception {
        URI gone;
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"))) {
            gone = upstream.url();
        }
        try (ProxyHarness proxy = ProxyHarness.before(gone);
                RawClient client = proxy.client()) {
            client.send(Wire.post("{}")).response();
            await(proxy, state -> state.exchangesInFlight() == 0);
            assertEquals(0, proxy.state().upstreamWaiting());
            assertEquals(0, proxy.state().upstreamOpen());
        }
    }

    @Test
    void state_ofExchangesOneAfterTheOther_staysTrue() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Wire.ok("{}"));
                ProxyHarness proxy = ProxyHarness.before(upstream.url());
                RawClient client = proxy.client()) {
            for (int i = 0; i < 20; i++) {
                client.send(Wire.post("{}")).response();
            }
            await(proxy, new ProxyState(0, 0, 0, 1, 1, 1, 0)::equals);
        }
    }

    private static void await(ProxyHarness proxy, Predicate<ProxyState> wanted) throws InterruptedException {
        long since = System.nanoTime();
        while (!wanted.test(proxy.state())) {
            if (System.nanoTime() - since > AWAIT_MAX) {
                throw new AssertionError("still " + proxy.state());
            }
            new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
        }
    }
}
