package dev.reckoner.bench.micro;

import dev.reckoner.proxy.wire.HeadGatherer;
import dev.reckoner.proxy.wire.HeadGrammar;
import dev.reckoner.proxy.wire.HeadLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
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

/** What our own look at a request head costs, before any parser: finding its end, and the grammar of its fields. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HeadBench {

    private static final HeadLimits LIMITS = new HeadLimits(8 * 1024, 64 * 1024, 100);
    private static final String REQUEST_LINE = "POST /v1/messages HTTP/1.1\r\n";
    private static final String FIELDS = "Host: api.anthropic.com\r\n"
            + "Accept: application/json\r\n"
            + "Accept-Encoding: gzip, deflate\r\n"
            + "Content-Type: application/json\r\n"
            + "User-Agent: Anthropic/Python 0.79.0\r\n"
            + "X-Stainless-Lang: python\r\n"
            + "X-Stainless-Package-Version: 0.79.0\r\n"
            + "X-Stainless-OS: Linux\r\n"
            + "X-Stainless-Arch: x64\r\n"
            + "X-Stainless-Runtime: CPython\r\n"
            + "anthropic-version: 2023-06-01\r\n"
            + "Content-Length: 183\r\n"
            + "\r\n";

    private final ByteBuf head = head();
    private final HeadGatherer gatherer = new HeadGatherer(ByteBufAllocator.DEFAULT, LIMITS);

    /** Finds the end. */
    @Benchmark
    public int gather() {
        head.readerIndex(0);
        ByteBuf gathered = gatherer.gather(head);
        if (gathered == null) {
            throw new IllegalStateException("the head is whole");
        }
        int length = gathered.readableBytes();
        gathered.release();
        return length;
    }

    /** Copies the head and checks its fields. */
    @Benchmark
    public byte[] grammar() {
        byte[] bytes = ByteBufUtil.getBytes(head, 0, head.writerIndex());
        HeadGrammar.checkFields(bytes, REQUEST_LINE.length());
        return bytes;
    }

    /** Gives the buffer back. */
    @TearDown
    public void release() {
        head.release();
    }

    private static ByteBuf head() {
        byte[] bytes = (REQUEST_LINE + FIELDS).getBytes(StandardCharsets.US_ASCII);
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }
}
