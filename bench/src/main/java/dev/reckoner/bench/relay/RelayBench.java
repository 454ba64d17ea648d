package dev.reckoner.bench.relay;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares reckoner with nginx and with no proxy at all, in one run: every round sends the same number of exchanges
 * through each of them, one after the other, so that whatever the machine does meanwhile meets all of them alike. The
 * upstream and the load client are threads of this process; each proxy is a process of its own.
 */
public final class RelayBench {

    private static final Duration RUN_MAX = Duration.ofMinutes(5);

    /** How long the store may take to catch up with a run. */
    private static final Duration QUIET_MAX = Duration.ofMinutes(3);

    private final RelayOptions options;
    private final PrintStream out;
    private final List<Target> targets = new ArrayList<>();
    private final Map<Scenario, Samples> samples = new EnumMap<>(Scenario.class);

    RelayBench(RelayOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        options.scenarios().forEach(scenario -> samples.put(scenario, new Samples()));
    }

    /** Runs with the options of {@link RelayOptions}, prints the tables and ends. */
    public static void main(String[] args) throws Exception {
        new RelayBench(RelayOptions.parse(args), System.out).run();
    }

    /** Runs all rounds and prints a table for each scenario; every process started has ended when this returns. */
    void run() throws InterruptedException {
        remove(options.work());
        Deque<AutoCloseable> open = new ArrayDeque<>();
        try {
            CannedUpstream upstream = CannedUpstream.start();
            open.push(upstream);
            Load load = new Load();
            open.push(load);
            start(upstream, open);
            warmUp(load);
            for (int round = 1; round <= options.rounds(); round++) {
                round(load, round);
            }
        } finally {
            close(open);
            remove(options.work());
        }
        print();
    }

    /** The samples of a scenario that was asked for. */
    @Nullable
    Samples samples(Scenario scenario) {
        return samples.get(scenario);
    }

    private void start(CannedUpstream upstream, Deque<AutoCloseable> open) throws InterruptedException {
        Targets starter = new Targets(options, upstream.address(), options.work());
        for (String name : options.targets()) {
            String missing = Targets.missing(name, options);
            if (missing != null) {
                out.println(name + " is left out: " + missing);
                continue;
            }
            Target target = starter.start(name);
            open.push(target);
            targets.add(target);
            for (Scenario scenario : options.scenarios()) {
                Sameness.check(target, scenario);
            }
        }
    }

    private void warmUp(Load load) throws InterruptedException {
        if (options.warmup() == 0) {
            return;
        }
        for (Target target : targets) {
            for (Scenario scenario : options.scenarios()) {
                load.run(target.address(), scenario, amount(options.warmup()));
            }
            target.figures().awaitQuiet(QUIET_MAX);
        }
    }

    private void round(Load load, int round) throws InterruptedException {
        for (Scenario scenario : options.scenarios()) {
            for (Target target : targets) {
                Sample sample = sample(load, target, scenario);
                samples.computeIfAbsent(scenario, none -> new Samples()).add(target.name(), sample);
                out.printf(
                        Locale.ROOT,
                        "round %d %s %s: %.0f/s, %.1f us CPU%n",
                        round,
                        scenario.title(),
                        target.name(),
                        sample.run().perSecond(),
                        sample.cpuPerExchange());
            }
        }
    }

    private Sample sample(Load load, Target target, Scenario scenario) throws InterruptedException {
        ProcessFigures figures = target.figures();
        long before = figures.cpuMicros();
        Run run = load.run(target.address(), scenario, amount(options.exchangesOf(scenario)));
        long after = figures.cpuMicros();
        long resident = figures.residentMib();
        if (!figures.awaitQuiet(QUIET_MAX)) {
            out.println(target.name() + " was not quiet " + QUIET_MAX.toSeconds() + " s after its run");
        }
        return new Sample(run, after - before, figures.cpuMicros() - before, resident);
    }

    private Load.Amount amount(int exchanges) {
        return new Load.Amount(options.connections(), exchanges, RUN_MAX);
    }

    private void print() {
        List<String> names = targets.stream().map(Target::name).toList();
        for (Scenario scenario : options.scenarios()) {
            out.printf(
                    Locale.ROOT,
                    "%n%s: %d connections, %d rounds of %d exchanges, medians%n",
                    scenario.title(),
                    options.connections(),
                    options.rounds(),
                    options.exchangesOf(scenario));
            Samples measured = samples.get(scenario);
            if (measured != null) {
                out.print(Table.of(names, measured));
            }
        }
        out.printf(
                Locale.ROOT,
                "%nCPU: of the proxy's processes for each exchange, until the last response; settled: until they were"
                        + " quiet.%nx nginx: ratios to nginx in the same round. Proxies on core %s.%n",
                options.proxyCore().isEmpty() ? "any" : options.proxyCore());
    }

    private static void close(Deque<AutoCloseable> open) {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("what was started can't be closed", e);
            }
        }
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " can't be removed", e);
        }
    }
}
