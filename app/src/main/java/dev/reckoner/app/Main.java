package dev.reckoner.app;

import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.credit.CreditsCommand;
import dev.reckoner.app.demo.DemoCommand;
import dev.reckoner.app.demo.SimulateCommand;
import dev.reckoner.app.export.ExportCommand;
import dev.reckoner.app.insight.CacheCommand;
import dev.reckoner.app.insight.InsightsCommand;
import dev.reckoner.app.keys.KeysCommand;
import dev.reckoner.app.limits.LimitsCommand;
import dev.reckoner.app.read.LocalDoor;
import dev.reckoner.app.reconcile.ChargebackCommand;
import dev.reckoner.app.reconcile.ClaudeCodeCommand;
import dev.reckoner.app.reconcile.OrganizationCommand;
import dev.reckoner.app.reconcile.RatesLearnCommand;
import dev.reckoner.app.reconcile.ReconcileCommand;
import dev.reckoner.app.serve.ServeCommand;
import dev.reckoner.app.serve.StatusCommand;
import dev.reckoner.app.serve.StopSignal;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** The program. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        Clock clock = Clock.systemUTC();
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        TerminalSize terminal = TerminalSize.of(System.getenv());
        Shell shell = new Shell(out, err, System.getenv(), clock, terminal.colours(), terminal.columns());
        int code = commands(shell, clock, stopSignal()).execute(args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /**
     * Every command there is.
     *
     * @param shell where they print, and what surrounds them
     * @param clock of who asks
     * @param stop what ends a server
     */
    public static CommandLine commands(Shell shell, Clock clock, StopSignal stop) {
        return new CommandTree(shell, new LocalDoor(clock))
                .withRates(new RatesLearnCommand(shell, new LocalDoor(clock)))
                .commandLine(List.of(
                        KeysCommand.whole(shell, new LocalDoor(clock)),
                        new ServeCommand(shell, stop),
                        new StatusCommand(shell),
                        new DemoCommand(shell),
                        new SimulateCommand(shell),
                        CreditsCommand.withNotes(shell, new LocalDoor(clock)),
                        ReconcileCommand.withHistory(shell, new LocalDoor(clock)),
                        new InsightsCommand(shell, new LocalDoor(clock)),
                        new CacheCommand(shell, new LocalDoor(clock)),
                        new ExportCommand(shell, new LocalDoor(clock)),
                        new ChargebackCommand(shell, new LocalDoor(clock)),
                        new OrganizationCommand(shell, new LocalDoor(clock)),
                        new ClaudeCodeCommand(shell, new LocalDoor(clock)),
                        LimitsCommand.whole(shell, new LocalDoor(clock))));
    }

    /** Always UTF-8, whatever the locale: the output may be a file for a program. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        FileOutputStream stream = new FileOutputStream(descriptor);
        boolean autoFlush = true;
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), autoFlush);
    }

    /** A shutdown hook that closes and then ends the process with 0, which a JVM that got a signal doesn't by itself. */
    private static StopSignal stopSignal() {
        return closing -> {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                closing.run();
                                Runtime.getRuntime().halt(0);
                            },
                            "reckoner-stop"));
            awaitForever();
        };
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
