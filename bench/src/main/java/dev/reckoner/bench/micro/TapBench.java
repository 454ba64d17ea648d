package dev.reckoner.bench.micro;

import dev.reckoner.bench.Bodies;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Reading;
import dev.reckoner.proxy.tap.ResponseTap;
import dev.reckoner.proxy.wire.BodyFollower;
import dev.reckoner.proxy.wire.BodyFollower.Extensions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What reading the usage of one response costs: a stream of 100 events, and a whole JSON body, in direct buffers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TapBench {

    private static final int OK = 200;

    private final Settings.Metering limits = Settings.defaults().metering();
    private final HttpHeaders streamHead =
            new DefaultHttpHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    private final HttpHeaders jsonHead = new DefaultHttpHeaders().set("Content-Type", "application/json");
    private final ByteBuf stream = direct(Bodies.stream());
    private final ByteBuf chunked = direct(Bodies.chunkedStream());
    private final ByteBuf json = direct(Bodies.message());
    private final int[] offsets = Bodies.offsets();

    /** The stream in one piece, as it comes without transfer coding. */
    @Benchmark
    public Reading streamWhole() {
        ResponseTap tap = ResponseTap.of(OK, streamHead, limits);
        tap.body(stream, 0, stream.readableBytes());
        return tap.end();
    }

    /** The stream event by event, as it comes out of chunked coding or of a slow upstream. */
    @Benchmark
    public Reading streamByEvent() {
        ResponseTap tap = ResponseTap.of(OK, streamHead, limits);
        for (int i = 0; i + 1 < offsets.length; i++) {
            tap.body(stream, offsets[i], offsets[i + 1] - offsets[i]);
        }
        return tap.end();
    }

    /** The stream in chunked coding through the follower into the tap: all that is done to its bytes. */
    @Benchmark
    public Reading streamFollowed() {
        ResponseTap tap = ResponseTap.of(OK, streamHead, limits);
        BodyFollower.chunked(Long.MAX_VALUE, Extensions.TOLERATED).follow(chunked, tap::body);
        return tap.end();
    }

    /** The follower alone, without a tap. */
    @Benchmark
    public int streamUnread() {
        return BodyFollower.chunked(Long.MAX_VALUE, Extensions.TOLERATED)
                .follow(chunked, (buffer, index, length) -> {});
    }

    /** A whole JSON body. */
    @Benchmark
    public Reading jsonWhole() {
        ResponseTap tap = ResponseTap.of(OK, jsonHead, limits);
        tap.body(json, 0, json.readableBytes());
        return tap.end();
    }

    /** Gives the buffers back. */
    @TearDown
    public void release() {
        stream.release();
        chunked.release();
        json.release();
    }

    private static ByteBuf direct(byte[] bytes) {
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }
}
