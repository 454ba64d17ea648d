package dev.reckoner.console.http;

import dev.reckoner.console.access.Access;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The pipeline of every connection to the console, and the limit on their number. */
@SuppressWarnings("FutureReturnValueIgnored") // what became of a close is of no interest
public final class ConsolePipeline extends ChannelInitializer<Channel> {

    private static final int CONNECTIONS_MAX = 256;
    private static final int REQUEST_LINE_BYTES_MAX = 64 << 10;
    private static final int HEADER_BYTES_MAX = 16 << 10;
    private static final int CHUNK_BYTES_MAX = 8 << 10;
    private static final int IDLE_SECONDS_MAX = 60;
    private static final int WRITE_SECONDS_MAX = 60;

    private final Endpoints endpoints;
    private final HostGuard guard;
    private final Access access;
    private final Workers reports;
    private final Workers health;
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger connections = new AtomicInteger();

    /** Builds pipelines that answer from those endpoints. */
    public ConsolePipeline(Endpoints endpoints, HostGuard guard, Access access, Workers reports, Workers health) {
        this.endpoints = endpoints;
        this.guard = guard;
        this.access = access;
        this.reports = reports;
        this.health = health;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        if (connections.incrementAndGet() > CONNECTIONS_MAX) {
            channel.close();
            return;
        }
        HttpDecoderConfig limits = new HttpDecoderConfig()
                .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(HEADER_BYTES_MAX)
                .setMaxChunkSize(CHUNK_BYTES_MAX);
        channel.pipeline()
                .addLast("idle", new IdleStateHandler(IDLE_SECONDS_MAX, 0, 0))
                .addLast("write-timeout", new WriteTimeoutHandler(WRITE_SECONDS_MAX))
                .addLast("http", new HttpServerCodec(limits))
                .addLast("keep-alive", new HttpServerKeepAliveHandler())
                .addLast("one-at-a-time", new FlowControlHandler())
                .addLast("console", new ConsoleHandler(endpoints, guard, access, reports, health, random));
    }
}
