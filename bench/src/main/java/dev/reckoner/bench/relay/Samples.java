package dev.reckoner.bench.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The samples of one scenario, by target and round. */
final class Samples {

    private final Map<String, List<Sample>> byTarget = new HashMap<>();

    void add(String target, Sample sample) {
        byTarget.computeIfAbsent(target, name -> new ArrayList<>()).add(sample);
    }

    boolean has(String target) {
        return byTarget.containsKey(target);
    }

    /** The median over all rounds. */
    double median(String target, ToDoubleFunction<Sample> figure) {
        return median(of(target).stream().mapToDouble(figure).toArray());
    }

    /** The median of the ratios to another target of the same round. */
    double ratio(String target, String to, ToDoubleFunction<Sample> figure) {
        List<Sample> own = of(target);
        List<Sample> others = of(to);
        double[] ratios = new double[Math.min(own.size(), others.size())];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(own.get(i)) / figure.applyAsDouble(others.get(i));
        }
        return median(ratios);
    }

    private List<Sample> of(String target) {
        return byTarget.getOrDefault(target, List.of());
    }

    private static double median(double[] values) {
        if (values.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
