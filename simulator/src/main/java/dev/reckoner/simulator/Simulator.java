package dev.reckoner.simulator;

import dev.reckoner.simulator.admin.Admin;
import dev.reckoner.simulator.admin.PromptSize;
import dev.reckoner.simulator.admin.Terms;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The stand-in vendor as a running server: {@link #start} it, point a client at {@link #url()}, read {@link #served()}. */
public final class Simulator implements AutoCloseable {
    private static final int HEADER_BYTES_MAX = 256 << 10;
    private static final int BACKLOG = 1024;

    private final SimulatorOptions options;
    private final Served served;
    private final Admin admin;
    private final Desk desk;
    private final Ids ids;
    /** Closed one by one at the end: loops that shut down were seen to leave connections open. */
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private final AtomicBoolean open = new AtomicBoolean(true);
    private final AtomicLong ordinals = new AtomicLong();
    private final Queue<Fault> injected = new ConcurrentLinkedQueue<>();
    private final MultiThreadIoEventLoopGroup loops;
    private final Channel listener;

    private Simulator(SimulatorOptions options) throws IOException {
        this.options = options;
        served = new Served(options.receiptsMax);
        ids = new Ids(options.seed);
        FaultSource chosen =
                options.faults == null ? new RandomFaults(options.seed, options.faultRate) : options.faults;
        admin = new Admin(
                Desk.ORGANIZATION,
                Desk.WORKSPACE,
                new Catalogue().offers(),
                options.clock,
                options.adminKey,
                options.reportLag);
        desk = new Desk(options, admin, (ordinal, path) -> {
            Fault next = injected.poll();
            return next == null ? chosen.choose(ordinal, path) : next;
        });
        admin.alsoBill(desk::batchBillables);
        SslContext tls = tls(options.certificate, options.key);
        loops = new MultiThreadIoEventLoopGroup(
                options.threads, new DefaultThreadFactory("simulator", true), NioIoHandler.newFactory());
        listener = listen(tls);
    }

    /** Starts listening; a port in use or an unreadable certificate is an error that names it. */
    public static Simulator start(SimulatorOptions options) throws IOException {
        return new Simulator(options);
    }

    /** The base URL to point a client at. */
    public URI url() {
        InetSocketAddress bound = (InetSocketAddress) listener.localAddress();
        String scheme = options.certificate == null ? "http" : "https";
        String host = bound.getAddress().getHostAddress();
        String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return URI.create(scheme + "://" + literal + ":" + bound.getPort());
    }

    /** The simulator's own books. */
    public Served served() {
        return served;
    }

    /** The Admin side: what it bills, and what its reports get wrong on purpose. */
    public Admin admin() {
        return admin;
    }

    /** What it bills for the items of batches that have ended, downloaded or not. */
    public List<ItemReceipt> batchItems() {
        return desk.batchItems();
    }

    /** Plays a fault in one of the next requests; several are played in the order of the calls. */
    public void inject(Fault fault) {
        injected.add(fault);
    }

    /** Closes the listener and every connection; what was being answered is booked as cut; again does nothing. */
    @Override
    public void close() {
        if (!open.getAndSet(false)) {
            return;
        }
        listener.close().syncUninterruptibly();
        connections.close().syncUninterruptibly();
        stopLoops();
    }

    Ask ask(HttpRequest request, byte[] body) {
        long ordinal = ordinals.incrementAndGet();
        String target = request.uri();
        int query = target.indexOf('?');
        return new Ask(
                ordinal,
                options.clock.instant(),
                ids.request(ordinal),
                request.method().name(),
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                request.headers(),
                body,
                !request.protocolVersion().equals(HttpVersion.HTTP_1_0),
                HttpUtil.isKeepAlive(request));
    }

    Reply answer(Ask ask) {
        served.opened();
        return desk.answer(ask);
    }

    List<Wire.Step> steps(Ask ask, Reply reply) {
        return Wire.steps(ask, reply, options.gzip && ask.acceptsGzip() && !ask.head());
    }

    @Nullable
    Pacer pacer() {
        return options.pacer;
    }

    void book(Ask ask, Reply reply, Playback.Left left) {
        Message message = reply.message();
        Instant now = options.clock.instant();
        if (message != null) {
            bill(ask, reply.fault(), message, left.stated(), now);
        }
        served.booked(new Receipt(
                ask.requestId(),
                ask.path(),
                reply.status(),
                message == null ? null : message.model().id(),
                reply.stream(),
                left.stated(),
                left.finalUsage(),
                left.whole() && !reply.fault().has(Fault.Kind.SHORT_LENGTH),
                message == null ? Counts.ZERO : message.end(),
                message == null ? null : message.geo(),
                message == null ? null : message.speed(),
                reply.fault().text(),
                desk.workspace(ask),
                ask.receivedAt(),
                now));
    }

    /**
     * A client that goes away pays for the whole generation, an error inside a stream ends it where it stands (api-facts
     * §2.5); logins without a key are on a subscription and in no report.
     */
    private void bill(Ask ask, Fault fault, Message message, Counts stated, Instant now) {
        String credential = ask.credential();
        if (credential == null || credential.startsWith(Desk.LOGIN_PREFIX)) {
            return;
        }
        Counts counts = fault.has(Fault.Kind.ERROR_EVENT_AFTER) ? stated : message.end();
        Terms terms = Terms.of(message.model().id())
                .geo(message.geo())
                .speed(message.speed())
                .prompt(PromptSize.of(counts.prompt()));
        admin.add(credential, ask.receivedAt(), now, terms, counts);
    }

    private Channel listen(@Nullable SslContext tls) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline()
                                .addLast(new HttpRequestDecoder(
                                        new HttpDecoderConfig().setMaxHeaderSize(HEADER_BYTES_MAX)))
                                .addLast(new Connection(Simulator.this, options.requestBytesMax));
                    }
                });
        ChannelFuture bound = bootstrap.bind(options.address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stopLoops();
            String reason = String.valueOf(bound.cause().getMessage());
            throw new IOException("can't listen on " + options.address + ": " + reason, bound.cause());
        }
        return bound.channel();
    }

    private void stopLoops() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static @Nullable SslContext tls(@Nullable Path certificate, @Nullable Path key) throws IOException {
        if (certificate == null || key == null) {
            return null;
        }
        return SslContextBuilder.forServer(certificate.toFile(), key.toFile()).build();
    }
}
