package dev.reckoner.console;

import dev.reckoner.config.HostPort;
import dev.reckoner.config.Settings;
import dev.reckoner.console.access.Access;
import dev.reckoner.console.books.AlertsApi;
import dev.reckoner.console.books.ArchiveApi;
import dev.reckoner.console.books.BooksApi;
import dev.reckoner.console.books.CorrectionsApi;
import dev.reckoner.console.books.CreditsApi;
import dev.reckoner.console.books.InsightsApi;
import dev.reckoner.console.books.KeysApi;
import dev.reckoner.console.books.LimitsApi;
import dev.reckoner.console.books.LiveApi;
import dev.reckoner.console.books.RatesApi;
import dev.reckoner.console.books.StatementsApi;
import dev.reckoner.console.books.TrailApi;
import dev.reckoner.console.http.ConsolePipeline;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.EventFeed;
import dev.reckoner.console.http.HostGuard;
import dev.reckoner.console.http.Workers;
import dev.reckoner.console.vendor.Analytics;
import dev.reckoner.console.vendor.ClaudeCodeReport;
import dev.reckoner.console.vendor.CostReport;
import dev.reckoner.console.vendor.Listings;
import dev.reckoner.console.vendor.SpendLimits;
import dev.reckoner.console.vendor.UsageReport;
import dev.reckoner.console.web.Pages;
import dev.reckoner.ledger.Reports;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console's listener: reports in the vendor's wire shape, the private API of our command line, and health. Has an
 * event loop of its own, and workers for whatever reads the books, so that no report can hold up the proxy's data path.
 */
public final class ConsoleServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final int REPORT_THREADS = 4;
    private static final int REPORTS_WAITING_MAX = 64;
    private static final int HEALTH_WAITING_MAX = 16;
    private static final int LIVE_WAITING_MAX = 1;
    private static final int BACKLOG = 128;

    private final EventLoopGroup loop;
    private final Workers reportWorkers;
    private final Workers healthWorker;
    private final Workers liveWorker;
    private final EventFeed live;
    private final Channel channel;

    private ConsoleServer(Settings.ConsoleSettings settings, ConsoleParts parts, BooleanSupplier ready, Clock clock) {
        this.reportWorkers = new Workers("console-report", REPORT_THREADS, REPORTS_WAITING_MAX);
        this.healthWorker = new Workers("console-health", 1, HEALTH_WAITING_MAX);
        this.liveWorker = new Workers("console-live", 1, LIVE_WAITING_MAX);
        this.loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("console-loop", true), NioIoHandler.newFactory());
        this.live =
                new EventFeed(new LiveApi(parts.pulse(), clock), liveWorker::offer, loop.next(), EventFeed.Pace.USUAL);
        HostPort listen = settings.listen();
        InetSocketAddress address = new InetSocketAddress(listen.host(), listen.port());
        Access access = parts.access();
        Endpoints endpoints = endpoints(parts, ready, clock);
        new SessionApi(access, parts.version()).addTo(endpoints);
        new LoginApi(access, parts.trail()).addTo(endpoints);
        endpoints.open("/healthz", "/readyz");
        if (settings.openMetrics()) {
            endpoints.open("/metrics");
        }
        endpoints.addFeed(BooksApi.PREFIX + LiveApi.LIVE, live);
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ConsolePipeline(
                        endpoints, new HostGuard(listen.host(), settings.hosts()), access, reportWorkers, healthWorker))
                .bind(address)
                .awaitUninterruptibly();
        this.channel = bound.channel();
        Throwable failure = bound.cause();
        if (failure != null) {
            close();
            throw new UncheckedIOException(new IOException(
                    "the console can't listen on " + listen + ": " + failure.getMessage()
                            + "; free the address or choose another with --console",
                    failure));
        }
        boolean others = !address().getAddress().isLoopbackAddress();
        if (others && !access.login()) {
            close();
            throw new IllegalArgumentException(
                    "a console at " + listen + " can be reached by others and needs a login");
        }
        if (others) {
            LOG.warn(
                    "the console listens on {} without TLS: whoever is on the way can read tokens and books; put a proxy"
                            + " with TLS before it",
                    address());
        }
    }

    /**
     * Listens and answers until closed.
     *
     * @param ready whether new exchanges can be booked
     * @param clock decides which bucket of a report is the present one
     * @throws UncheckedIOException where the address can't be listened on
     */
    public static ConsoleServer start(
            Settings.ConsoleSettings settings, ConsoleParts parts, BooleanSupplier ready, Clock clock) {
        return new ConsoleServer(settings, parts, ready, clock);
    }

    /** The address that is listened on, with the port the system gave where port 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Takes no more questions, ends streams, lets those under way finish for a few seconds, and frees the address. */
    @Override
    public void close() {
        channel.close().awaitUninterruptibly();
        live.close();
        reportWorkers.close();
        healthWorker.close();
        liveWorker.close();
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** All that is answered, and by what. */
    static Endpoints endpoints(ConsoleParts parts, BooleanSupplier ready, Clock clock) {
        Reports reports = parts.reports();
        Health health = new Health(reports, ready);
        OpenApi description = new OpenApi();
        UsageReport usage = new UsageReport(reports, clock);
        CostReport cost = new CostReport(reports, clock);
        ClaudeCodeReport claudeCode = new ClaudeCodeReport(reports, clock);
        Endpoints endpoints = new Endpoints()
                .add("/healthz", Where.INSTANT, asked -> health.alive())
                .add(OpenApi.PATH, Where.INSTANT, asked -> description.answer())
                .add("/readyz", Where.HEALTH, asked -> health.ready())
                .add(
                        "/metrics",
                        Where.HEALTH,
                        asked -> parts.metrics().answer(asked, parts.state().get()))
                .add(
                        BooksApi.PREFIX + StateApi.NAME,
                        Where.HEALTH,
                        asked -> StateApi.answer(parts.state().get()))
                .add(UsageReport.PATH, Where.REPORTS, usage::answer)
                .add(CostReport.PATH, Where.REPORTS, cost::answer)
                .add(ClaudeCodeReport.PATH, Where.REPORTS, claudeCode::answer);
        Pages.addTo(endpoints);
        new Analytics(reports, clock).addTo(endpoints);
        new Listings(reports, clock).addTo(endpoints);
        new BooksApi(reports).addTo(endpoints);
        new CorrectionsApi(parts.corrections(), parts.trail()).addTo(endpoints);
        new ArchiveApi(parts.archive(), parts.trail()).addTo(endpoints);
        new AlertsApi(parts.alerts(), parts.trail()).addTo(endpoints);
        new KeysApi(parts.keys()).addTo(endpoints);
        new CreditsApi(parts.credits()).addTo(endpoints);
        new InsightsApi(parts.insights()).addTo(endpoints);
        new LimitsApi(parts.limits()).addTo(endpoints);
        new StatementsApi(parts.statements()).addTo(endpoints);
        new RatesApi(parts.rates()).addTo(endpoints);
        new SpendLimits(parts.limits()).addTo(endpoints);
        new TrailApi(parts.trail()).addTo(endpoints);
        return endpoints;
    }
}
