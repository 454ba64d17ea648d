package dev.reckoner.bench.relay;

import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.ledger.Batches;
import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.ExchangeIds;
import dev.reckoner.ledger.KeyHasher;
import dev.reckoner.ledger.limit.Admission;
import dev.reckoner.proxy.ProxyParts;
import dev.reckoner.proxy.ProxyServer;
import dev.reckoner.proxy.attribute.Identities;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The proxy alone, with books that keep nothing: what remains of the cost when nothing is written. */
final class UnbookedProxy {

    private UnbookedProxy() {}

    /**
     * Serves until the process is ended.
     *
     * @param args port, upstream URL, and a file for the secret of the key hashes
     */
    public static void main(String[] args) throws InterruptedException {
        Settings settings = SettingsLoader.load(
                        null,
                        Map.of("RECKONER_LISTEN", "127.0.0.1:" + args[0], "RECKONER_UPSTREAM_URL", args[1]),
                        Map.of())
                .settings();
        Clock clock = Clock.systemUTC();
        KeyHasher keys = KeyHasher.load(Path.of(args[2]));
        ProxyServer proxy = ProxyServer.start(
                settings,
                new ProxyParts(
                        Books.NONE,
                        Batches.NONE,
                        new ExchangeIds(clock),
                        Identities.unknown(keys),
                        Admission.OPEN,
                        clock));
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::close, "close"));
        new CountDownLatch(1).await();
    }
}
