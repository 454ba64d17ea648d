package dev.reckoner.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a simulator behaves: a small builder, read once by {@link Simulator#start}. The defaults are loopback, a port of
 * the system's choice, no pauses, no faults, seed 1. Not thread-safe.
 */
public final class SimulatorOptions {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    int threads = 1;
    long seed = 1;
    double faultRate;

    @Nullable
    FaultSource faults;

    volatile Duration thinkTime = Duration.ZERO;
    volatile Duration eventPause = Duration.ZERO;

    Duration batchTime = Duration.ZERO;

    @Nullable
    Pacer pacer;

    boolean gzip;
    Set<String> keys = Set.of();
    int outputTokensMax = 120;
    int requestBytesMax = 32 << 20;
    int receiptsMax = 1_000_000;

    @Nullable
    Path certificate;

    @Nullable
    Path key;

    @Nullable
    String adminKey;

    Duration reportLag = Duration.ofMinutes(5);

    Clock clock = Clock.systemUTC();

    private SimulatorOptions() {}

    /** The defaults. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions();
    }

    /** Where to listen; port 0 lets the system choose. */
    public SimulatorOptions address(InetSocketAddress value) {
        address = value;
        return this;
    }

    /** How many event loops answer. */
    public SimulatorOptions threads(int value) {
        threads = value;
        return this;
    }

    /** Decides text, usage, ids, padding and random faults. */
    public SimulatorOptions seed(long value) {
        seed = value;
        return this;
    }

    /** The share of requests, 0 to 1, that get a random fault. */
    public SimulatorOptions faultRate(double value) {
        if (value < 0 || value > 1) {
            throw new IllegalArgumentException("fault rate " + value + " is not between 0 and 1");
        }
        faultRate = value;
        return this;
    }

    /** Chooses the faults instead of the random choice. */
    public SimulatorOptions faults(FaultSource value) {
        faults = value;
        return this;
    }

    /**
     * The pause before the first byte of a message, and the mean pause between two events of a stream. May be called on any
     * thread while the simulator runs: what is asked from then on is paced so.
     */
    public SimulatorOptions pace(Duration think, Duration betweenEvents) {
        thinkTime = think;
        eventPause = betweenEvents;
        return this;
    }

    /** How long a batch takes; its items are done evenly over that time, those beyond 24 hours expire. */
    public SimulatorOptions batchTime(Duration value) {
        batchTime = value;
        return this;
    }

    /** Holds the pieces of a response back instead of the event loop's clock. */
    public SimulatorOptions pacer(Pacer value) {
        pacer = value;
        return this;
    }

    /** Whether responses are compressed for clients that accept it. */
    public SimulatorOptions gzip(boolean value) {
        gzip = value;
        return this;
    }

    /** The API keys that are known; empty for any that begins with {@code sk-ant-}. */
    public SimulatorOptions keys(Set<String> value) {
        keys = Set.copyOf(value);
        return this;
    }

    /** The Admin key that is known; unless set, any that begins with {@code sk-ant-admin01-}. */
    public SimulatorOptions adminKey(String value) {
        adminKey = value;
        return this;
    }

    /** How long after its end an exchange is in the reports of the Admin API. */
    public SimulatorOptions reportLag(Duration value) {
        reportLag = value;
        return this;
    }

    /** The longest answer, in tokens. */
    public SimulatorOptions outputTokensMax(int value) {
        outputTokensMax = value;
        return this;
    }

    /** The largest request body, in bytes, as sent and when decoded. */
    public SimulatorOptions requestBytesMax(int value) {
        requestBytesMax = value;
        return this;
    }

    /** How many receipts are kept; the simulator refuses to go on when they are used up. */
    public SimulatorOptions receiptsMax(int value) {
        receiptsMax = value;
        return this;
    }

    /** Switches TLS on: a PEM certificate chain and its PEM private key. */
    public SimulatorOptions tls(Path chain, Path privateKey) {
        certificate = chain;
        key = privateKey;
        return this;
    }

    /** The clock of dates, cache lifetimes and rate limits. */
    public SimulatorOptions clock(Clock value) {
        clock = value;
        return this;
    }
}
