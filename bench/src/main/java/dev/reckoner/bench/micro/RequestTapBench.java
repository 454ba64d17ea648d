package dev.reckoner.bench.micro;

import dev.reckoner.bench.Bodies;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Asked;
import dev.reckoner.proxy.tap.RequestTap;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What reading a request body costs, in pieces of 64 KiB as a socket gives them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RequestTapBench {

    private static final int PIECE = 64 * 1024;

    /** Bytes of the body. */
    @Param({"1200", "1048576"})
    private int length;

    private final Settings.Metering limits = Settings.defaults().metering();
    private final HttpHeaders head = new DefaultHttpHeaders().set("Content-Type", "application/json");
    private ByteBuf body = Unpooled.EMPTY_BUFFER;

    /** Makes the body. */
    @Setup
    public void make() {
        byte[] bytes = Bodies.request(true, length);
        body = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }

    /** The whole body, then what it asks for. */
    @Benchmark
    public Asked body() {
        RequestTap tap = RequestTap.of(head, limits);
        for (int index = 0; index < length; index += PIECE) {
            tap.body(body, index, Math.min(PIECE, length - index));
        }
        return tap.asked(null);
    }

    /** Gives the buffer back. */
    @TearDown
    public void release() {
        body.release();
    }
}
