package dev.reckoner.bench.relay;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Prints the samples of one scenario as a table, medians over the rounds. */
final class Table {

    private static final String HEAD = "%-10s %9s %8s %8s %9s %9s %8s %9s %7s%n";
    private static final String ROW = "%-10s %9.0f %8.0f %8.0f %9s %9s %8s %9s %7s%n";
    private static final double NANOS_PER_MICRO = 1_000;

    private Table() {}

    static String of(List<String> targets, Samples samples) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                HEAD,
                "target",
                "req/s",
                "p50 us",
                "p90 us",
                "CPU us",
                "settled",
                "x nginx",
                "CPU x ng.",
                "RSS MB"));
        for (String target : targets) {
            if (samples.has(target)) {
                out.append(row(target, samples));
            }
        }
        return out.toString();
    }

    private static String row(String target, Samples samples) {
        boolean process = !target.equals(Direct.NAME);
        boolean compared = samples.has(Targets.NGINX);
        return String.format(
                Locale.ROOT,
                ROW,
                target,
                samples.median(target, sample -> sample.run().perSecond()),
                samples.median(target, sample -> sample.run().p50Nanos() / NANOS_PER_MICRO),
                samples.median(target, sample -> sample.run().p90Nanos() / NANOS_PER_MICRO),
                process ? one(samples.median(target, Sample::cpuPerExchange)) : "-",
                process ? one(samples.median(target, Sample::settledPerExchange)) : "-",
                compared ? ratio(target, samples, sample -> sample.run().perSecond()) : "-",
                process && compared ? ratio(target, samples, Sample::cpuPerExchange) : "-",
                process ? String.format(Locale.ROOT, "%.0f", samples.median(target, Sample::residentMib)) : "-");
    }

    private static String ratio(String target, Samples samples, ToDoubleFunction<Sample> figure) {
        return String.format(Locale.ROOT, "%.2f", samples.ratio(target, Targets.NGINX, figure));
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
