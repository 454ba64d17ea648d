package dev.reckoner.simulator;

import dev.reckoner.simulator.Fault.Kind;
import dev.reckoner.simulator.Wire.Step;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends one reply step by step, cuts it where its fault says so, and notes what has left. Event loop of its channel
 * only; a step is noted when the transport has taken its last byte.
 */
final class Playback {
    /** What has left so far, and whether it was everything. */
    record Left(Counts stated, boolean finalUsage, boolean whole) {}

    /**
     * The end of a chunk that a reader may do without: its line end, the marks of a flushed compression, an empty line.
     * A cut inside it would leave it open whether the counts before it have left.
     */
    private static final int EDGE_BYTES = 16;

    private final Channel channel;
    private final Fault fault;
    private final List<Step> steps;
    private final @Nullable Pacer pacer;
    private final Consumer<Left> done;
    private int next;
    private long bytesSent;
    private long eventsSent;
    private boolean waiting;
    private boolean ended;
    private @Nullable Future<?> timer;
    private Left left = new Left(Counts.ZERO, false, false);

    Playback(Channel channel, Fault fault, List<Step> steps, @Nullable Pacer pacer, Consumer<Left> done) {
        this.channel = channel;
        this.fault = fault;
        this.steps = steps;
        this.pacer = pacer;
        this.done = done;
    }

    void start() {
        if (cutsBeforeFirstByte()) {
            return;
        }
        later(steps.get(0).pause(), this::send);
    }

    /** Goes on after the transport has taken what was written. */
    void writable() {
        if (waiting && channel.isWritable()) {
            waiting = false;
            send();
        }
    }

    /** Ends what can't be sent any more. */
    void gone() {
        end();
    }

    private boolean cutsBeforeFirstByte() {
        boolean reset = fault.number(Kind.RESET_AFTER_BYTES) == 0;
        boolean close = fault.number(Kind.CLOSE_AFTER_BYTES) == 0;
        if (reset || close) {
            cut(reset);
        }
        return reset || close;
    }

    private void send() {
        while (!ended && next < steps.size()) {
            if (!channel.isWritable()) {
                waiting = true;
                return;
            }
            Step step = steps.get(next++);
            if (!write(step) || next == steps.size()) {
                return;
            }
            Duration pause = steps.get(next).pause();
            if (pacer != null && steps.get(next).event()) {
                pacer.pause(pause, () -> channel.eventLoop().execute(this::send));
                return;
            }
            if (!pause.isZero()) {
                later(pause, this::send);
                return;
            }
        }
    }

    /** Writes a step or the part of it that may leave; false when it was the last that may. */
    private boolean write(Step step) {
        long room = Math.min(fault.number(Kind.RESET_AFTER_BYTES), fault.number(Kind.CLOSE_AFTER_BYTES)) - bytesSent;
        int length = allowed(step, room);
        boolean complete = length == step.bytes().length;
        boolean last = next == steps.size();
        byte[] bytes = complete ? step.bytes() : Arrays.copyOf(step.bytes(), length);
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(written -> {
            if (written.isSuccess() && complete) {
                note(step, last);
            }
        });
        bytesSent += length;
        eventsSent += step.event() ? 1 : 0;
        if (!complete || (length == room && !last)) {
            cut(fault.has(Kind.RESET_AFTER_BYTES));
            return false;
        }
        return !endsAfterEvent(last);
    }

    /** How much of a step may leave; a cut in the edge of counts moves before the edge. */
    private static int allowed(Step step, long room) {
        int whole = step.bytes().length;
        if (room >= whole) {
            return whole;
        }
        boolean inEdge = step.stated() != null && whole - room < EDGE_BYTES;
        return inEdge ? Math.max(0, whole - EDGE_BYTES) : (int) room;
    }

    /** Counts of events look at the body only, so that zero events mean a head without body. */
    private boolean endsAfterEvent(boolean last) {
        if (last || steps.get(next).head()) {
            return false;
        }
        boolean reset = eventsSent >= fault.number(Kind.RESET_AFTER_EVENTS);
        boolean close = eventsSent >= fault.number(Kind.CLOSE_AFTER_EVENTS);
        if (reset || close) {
            cut(reset);
        }
        return reset || close || eventsSent >= fault.number(Kind.STALL_AFTER_EVENTS);
    }

    private void note(Step step, boolean last) {
        Counts stated = step.stated() == null ? left.stated : step.stated();
        left = new Left(stated, left.finalUsage || step.last(), last);
        if (last) {
            end();
        }
    }

    private void cut(boolean reset) {
        if (reset) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(ChannelFutureListener.CLOSE)
                .addListener(closed -> end());
    }

    private void end() {
        if (!ended) {
            ended = true;
            if (timer != null) {
                timer.cancel(false);
            }
            done.accept(left);
        }
    }

    private void later(Duration pause, Runnable action) {
        if (pause.isZero()) {
            action.run();
            return;
        }
        timer = channel.eventLoop().schedule(action, pause.toNanos(), TimeUnit.NANOSECONDS);
    }
}
