package dev.reckoner.proxy.forward;

import dev.reckoner.config.Settings;
import dev.reckoner.proxy.accept.Deadline;
import io.netty.channel.EventLoop;
import java.time.Duration;

/**
 * An exchange whose client is lost and whose upstream is read on to the final usage: why, and for how long still. The
 * client's own end stays what is booked; what comes after it only adds to the detail. Event loop only, but for
 * {@link #shutdown}.
 */
final class Draining {

    private final Failure first;
    private final Settings.Aborts limits;
    private final Duration silenceMax;
    private final EventLoop loop;
    private final Relay relay;
    private final Deadline deadline;
    private final long endsAt;

    /**
     * A drain that begins now.
     *
     * @param first how the client was lost
     * @param silenceMax the longest silence of the upstream
     */
    Draining(Relay relay, EventLoop loop, Failure first, Settings.Aborts limits, Duration silenceMax) {
        this.relay = relay;
        this.loop = loop;
        this.first = first;
        this.limits = limits;
        this.silenceMax = silenceMax;
        deadline = new Deadline(loop, this::late);
        endsAt = loop.ticker().nanoTime() + limits.drainTimeMax().toNanos();
        sign();
    }

    /** A sign of life of the upstream: it has its full time again, as far as the drain's own allows. */
    void sign() {
        deadline.in(Duration.ofNanos(Math.max(0, Math.min(silenceMax.toNanos(), left()))));
    }

    /** Whether more has come than is read on. */
    boolean tooMuch(long drainedBytes) {
        return drainedBytes > limits.drainBytesMax();
    }

    /** The end of a drain that came to the end of the response. */
    Failure whole() {
        return first.then("the response was read on to its end");
    }

    /** The end of a drain that something else ended. */
    Failure until(String what) {
        return first.then("the response was read on until: " + what);
    }

    /** The end of a drain of too much. */
    Failure full() {
        return until("more than " + limits.drainBytesMax() + " bytes came");
    }

    /** The time of a shutdown is over. Any thread. */
    void shutdown() {
        loop.execute(relay::shutdown);
    }

    void end() {
        deadline.cancel();
    }

    private void late() {
        boolean timeUp = left() <= 0;
        relay.drainedFor(until(
                timeUp
                        ? limits.drainTimeMax().toMillis() + " ms had passed"
                        : "no byte came for " + silenceMax.toMillis() + " ms"));
    }

    private long left() {
        return endsAt - loop.ticker().nanoTime();
    }
}
