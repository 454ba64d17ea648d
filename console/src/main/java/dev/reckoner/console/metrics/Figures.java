package dev.reckoner.console.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Metrics that are read from somewhere when they are asked for, one after the other. */
final class Figures {
    private final List<MetricSnapshot> all = new ArrayList<>();

    List<MetricSnapshot> all() {
        return all;
    }

    Figures gauge(String name, String help, double value) {
        return gauge(name, help, Map.of(Labels.EMPTY, value));
    }

    Figures gauge(String name, String help, long value) {
        return gauge(name, help, (double) value);
    }

    /** A gauge with a value for each of those labels; left out where there are none. */
    Figures gauge(String name, String help, Map<Labels, Double> values) {
        if (values.isEmpty()) {
            return this;
        }
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((labels, value) -> gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(value)
                .build()));
        all.add(gauge.build());
        return this;
    }

    /** A counter, named without its ending {@code _total}. */
    Figures counter(String name, String help, double value) {
        return counter(name, help, Map.of(Labels.EMPTY, value));
    }

    /** The same of a whole number. */
    Figures counter(String name, String help, long value) {
        return counter(name, help, (double) value);
    }

    /** The same with a value for each of those labels. */
    Figures counter(String name, String help, Map<Labels, Double> values) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        values.forEach((labels, value) -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(value)
                .build()));
        all.add(counter.build());
        return this;
    }

    /** The values of one label. */
    static Map<Labels, Double> by(String label, Map<String, ? extends Number> values) {
        Map<Labels, Double> labelled = new LinkedHashMap<>();
        values.forEach((value, number) -> labelled.put(Labels.of(label, value), number.doubleValue()));
        return labelled;
    }
}
