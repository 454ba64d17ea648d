package dev.reckoner.app.demo;

import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.Shell;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code simulate}: the stand-in for the vendor alone, to point a proxy or a client at. */
@Command(
        name = "simulate",
        sortOptions = false,
        description = {
            "Run a stand-in for the vendor's Messages API on loopback, for trying without a key.",
            "The request header x-simulator-fault asks for faults, as in 'close_after_events=2'."
        })
public final class SimulateCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8490",
            description = "Default: 8490. 0 takes a free one.")
    private int port;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Other answers. Default: 1.")
    private long seed;

    @Option(
            names = "--think-ms",
            paramLabel = "N",
            defaultValue = "300",
            description = "Pause before the first byte. Default: 300.")
    private long thinkMillis;

    @Option(
            names = "--pace-ms",
            paramLabel = "N",
            defaultValue = "15",
            description = "Mean pause between the events of a stream. Default: 15.")
    private long paceMillis;

    @Option(
            names = "--fault-rate",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Share of the requests, 0 to 1, that get a random fault. Default: 0.")
    private double faultRate;

    @Option(names = "--gzip", description = "Compress for clients that accept it.")
    private boolean gzip;

    /** The command as typed in that shell. */
    public SimulateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Ending ending = Ending.watch();
                Simulator simulator = Simulator.start(options())) {
            shell.out().println("The simulator listens on " + simulator.url() + "; Ctrl-C ends it. Try:");
            shell.out().println("  ./reckoner serve --upstream " + simulator.url());
            shell.out().println("  ANTHROPIC_BASE_URL=http://127.0.0.1:8484 ANTHROPIC_API_KEY=sk-ant-any claude");
            shell.out().flush();
            ending.await();
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
        return ExitCodes.FINE;
    }

    private SimulatorOptions options() {
        return SimulatorOptions.defaults()
                .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .seed(seed)
                .faultRate(faultRate)
                .pace(Duration.ofMillis(thinkMillis), Duration.ofMillis(paceMillis))
                .gzip(gzip);
    }
}
