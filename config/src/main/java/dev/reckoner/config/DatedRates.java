package dev.reckoner.config;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rate table as layers of files, later ones over earlier ones, cut into stretches of time in which nothing changes.
 * Immutable; a look-up is two hash probes and a binary search over a handful of dates.
 */
final class DatedRates implements RateTable {

    private final List<Rate> rates;
    private final Map<String, String> canonical;
    private final Map<Key, Stretches> stretches;
    private final String version;

    private DatedRates(List<Rate> rates, Map<String, String> canonical, Map<Key, Stretches> stretches, String version) {
        this.rates = rates;
        this.canonical = canonical;
        this.stretches = stretches;
        this.version = version;
    }

    /** Builds the table from layers whose names and dates have been checked, the built-in one first. */
    static DatedRates of(List<List<Rate>> layers, Map<String, String> canonical) {
        List<Rate> all = layers.stream().flatMap(List::stream).toList();
        Map<Key, List<List<Rate>>> byKey = new LinkedHashMap<>();
        for (List<Rate> layer : layers) {
            Map<Key, List<Rate>> grouped = new LinkedHashMap<>();
            for (Rate rate : layer) {
                grouped.computeIfAbsent(new Key(rate.model(), rate.speed()), key -> new ArrayList<>())
                        .add(rate);
            }
            grouped.forEach((key, group) ->
                    byKey.computeIfAbsent(key, absent -> new ArrayList<>()).add(group));
        }
        Map<Key, Stretches> stretches = new HashMap<>();
        byKey.forEach((key, layersOfKey) -> stretches.put(key, Stretches.of(layersOfKey)));
        return new DatedRates(all, Map.copyOf(canonical), stretches, version(all));
    }

    @Override
    public List<Rate> rates() {
        return rates;
    }

    @Override
    public Optional<String> canonicalModel(String idOrAlias) {
        return Optional.ofNullable(canonical.get(idOrAlias));
    }

    @Override
    public List<Rate> find(String idOrAlias, Rate.Speed speed, Instant at) {
        String model = canonical.get(idOrAlias);
        Stretches found = model == null ? null : stretches.get(new Key(model, speed));
        return found == null ? List.of() : found.at(at);
    }

    @Override
    public String version() {
        return version;
    }

    private static String version(List<Rate> all) {
        return Digest.of(
                all.stream().map(rate -> rate.version() + rate.aliases()).toArray());
    }

    private record Key(String model, Rate.Speed speed) {}

    /** Starts in ascending order, the first open to the past, each with the rows that hold from there to the next. */
    private record Stretches(List<Instant> starts, List<List<Rate>> rows) {

        static Stretches of(List<List<Rate>> layers) {
            TreeSet<Instant> starts = new TreeSet<>();
            starts.add(Instant.MIN);
            for (List<Rate> layer : layers) {
                for (Rate rate : layer) {
                    addIfSaid(starts, rate.from());
                    addIfSaid(starts, rate.to());
                }
            }
            return new Stretches(
                    List.copyOf(starts),
                    starts.stream().map(start -> holding(layers, start)).toList());
        }

        List<Rate> at(Instant instant) {
            int found = Collections.binarySearch(starts, instant);
            return rows.get(found >= 0 ? found : -found - 2);
        }

        private static void addIfSaid(TreeSet<Instant> starts, @Nullable Instant instant) {
            if (instant != null) {
                starts.add(instant);
            }
        }

        /** The last layer that says something about a prompt size wins it whole. */
        private static List<Rate> holding(List<List<Rate>> layers, Instant at) {
            List<Rate> held = new ArrayList<>();
            for (int i = layers.size() - 1; i >= 0; i--) {
                List<Rate> fromLater = List.copyOf(held);
                for (Rate rate : layers.get(i)) {
                    if (holds(rate, at)
                            && fromLater.stream()
                                    .noneMatch(later -> later.promptTier().overlaps(rate.promptTier()))) {
                        held.add(rate);
                    }
                }
            }
            held.sort(Comparator.comparing(Rate::promptTier));
            return List.copyOf(held);
        }

        private static boolean holds(Rate rate, Instant at) {
            return (rate.from() == null || !at.isBefore(rate.from())) && (rate.to() == null || at.isBefore(rate.to()));
        }
    }
}
