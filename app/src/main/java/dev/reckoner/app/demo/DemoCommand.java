package dev.reckoner.app.demo;

import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.Shell;
import dev.reckoner.ledger.StoredEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code demo}: everything in one process, sample traffic, the books, and the proof that they add up. */
@Command(
        name = "demo",
        sortOptions = false,
        description = {
            "See it work: simulator, proxy, console and sample traffic in one process.",
            "No key is needed and nothing leaves this machine."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int DAYS_MAX = 60;

    private final Shell shell;
    private final Demo.Pace pace;

    @Option(names = "--ledger", paramLabel = "DIR", description = "Keep the books there.")
    private @Nullable Path ledger;

    @Option(names = "--keep", description = "Keep the temporary books and say where they are.")
    private boolean keep;

    @Option(names = "--exit", description = "End when the books are printed.")
    private boolean exit;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "How much traffic. Default: 3.")
    private int rounds;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "14",
            description = "How many days of traffic, today included: 1 to 60. Default: 14.")
    private int days;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Other answers. Default: 1.")
    private long seed;

    /** Answers as fast as a person can follow. */
    public DemoCommand(Shell shell) {
        this(shell, new Demo.Pace(Duration.ofMillis(30), Duration.ofMillis(2)));
    }

    DemoCommand(Shell shell, Demo.Pace pace) {
        this.shell = shell;
        this.pace = pace;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (days < 1 || days > DAYS_MAX) {
            throw new CommandFailure("found --days " + days + ", expected 1 to " + DAYS_MAX);
        }
        try (Ending ending = Ending.watch()) {
            return run(ending);
        }
    }

    private int run(Ending ending) throws IOException, InterruptedException {
        boolean temporary = ledger == null && !keep;
        Path directory = ledger == null ? Files.createTempDirectory("reckoner-demo-") : ledger;
        LocalDate today = LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC);
        try (Demo demo = Demo.start(directory, seed, pace, shell.clock(), Duration.ofDays(days))) {
            List<Call> calls = Cast.calls(rounds);
            shell.out().println("Reckoner listens on " + demo.proxyUrl() + ", its console on " + demo.consoleUrl());
            shell.out()
                    .println("and a simulator of the vendor's API on "
                            + demo.simulator().url() + ".");
            shell.out().flush();
            demo.past(PastDay.before(today, days - 1), ending::wanted);
            new Traffic(demo.proxyUrl(), ending::wanted).send(calls, progress(calls.size()));
            boolean settled = demo.settle();
            boolean holds = show(demo) && settled;
            if (!exit && !ending.wanted()) {
                new DemoReport(shell).next(directory, demo, temporary);
                ending.await();
            }
            return holds ? ExitCodes.FINE : ExitCodes.FAILED;
        } finally {
            if (temporary) {
                delete(directory);
            } else {
                shell.out().println("The books are kept in " + directory + ".");
                shell.out().flush();
            }
        }
    }

    private boolean show(Demo demo) {
        DemoReport report = new DemoReport(shell);
        List<StoredEntry> entries = demo.entries();
        Proof proof = Proof.of(demo.simulator().served().receipts(), entries);
        shell.out().println();
        report.books(demo.books());
        report.proof(proof, entries);
        DemoBill bill = new DemoBill(shell, demo.simulator());
        bill.plant();
        bill.reconcile(demo.books(), days);
        shell.out().flush();
        return proof.holds();
    }

    private IntConsumer progress(int all) {
        return done -> {
            boolean end = done == all;
            if (shell.colours()) {
                shell.err().print("\rSending " + done + " of " + all + " requests" + (end ? "\n" : ""));
            } else if (end) {
                shell.err().println("Sent " + all + " requests.");
            }
            shell.err().flush();
        };
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(DemoCommand::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("can't remove " + path, e);
        }
    }
}
