package dev.reckoner.config;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rate table as layers of files, later ones over earlier ones, cut into stretches of time in which nothing changes.
 * Immutable; a look-up is two hash probes and a binary search over a handful of dates.
 */
final class DatedRates implements RateTable {

    private final List<Rate> rates;
    private final Map<String, String> canonical;
    private final Map<Key, Stretches> stretches;
    private final List<List<Discount>> discountLayers;
    private final DatedByName<Discount> discounts;
    private final List<List<ToolPrice>> toolLayers;
    private final DatedByName<ToolPrice> tools;
    private final String version;
    private final List<Problem> warnings;

    private DatedRates(
            List<RateLayer> layers,
            List<List<Discount>> discountLayers,
            Map<String, String> canonical,
            Map<Key, Stretches> stretches) {
        this.rates = layers.stream().flatMap(layer -> layer.rates().stream()).toList();
        this.canonical = canonical;
        this.stretches = stretches;
        this.discountLayers = discountLayers;
        this.discounts = new DatedByName<>(discountLayers, Discount::target);
        this.toolLayers = layers.stream().map(RateLayer::tools).toList();
        this.tools = new DatedByName<>(toolLayers, ToolPrice::tool);
        this.version = digest();
        this.warnings = new RateWarnings(this).all();
    }

    /** Builds the table from layers whose names and dates have been checked, the built-in ones first. */
    static DatedRates of(List<RateLayer> layers, List<List<Discount>> discounts, Map<String, String> canonical) {
        Map<Key, List<List<Rate>>> byKey = new LinkedHashMap<>();
        for (RateLayer layer : layers) {
            Map<Key, List<Rate>> grouped = new LinkedHashMap<>();
            for (Rate rate : layer.rates()) {
                grouped.computeIfAbsent(new Key(rate.model(), rate.speed()), key -> new ArrayList<>())
                        .add(rate);
            }
            grouped.forEach((key, group) ->
                    byKey.computeIfAbsent(key, absent -> new ArrayList<>()).add(group));
        }
        Map<Key, Stretches> stretches = new LinkedHashMap<>();
        byKey.forEach((key, layersOfKey) -> stretches.put(key, Stretches.of(layersOfKey)));
        return new DatedRates(List.copyOf(layers), List.copyOf(discounts), Map.copyOf(canonical), stretches);
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

    @Override
    public List<Discount> discounts() {
        return discountLayers.stream().flatMap(List::stream).toList();
    }

    @Override
    public Optional<Discount> discount(String modelOrTool, Instant at) {
        String target = canonical.getOrDefault(modelOrTool, modelOrTool);
        return discounts.find(target, at).or(() -> discounts.find(Discount.EVERYTHING, at));
    }

    @Override
    public List<ToolPrice> toolPrices() {
        return toolLayers.stream().flatMap(List::stream).toList();
    }

    @Override
    public Optional<ToolPrice> toolPrice(String tool, Instant at) {
        return tools.find(tool, at);
    }

    @Override
    public List<Problem> warnings() {
        return warnings;
    }

    /** Each model's and speed's time, in file order. */
    List<Stretches> stretches() {
        return List.copyOf(stretches.values());
    }

    private String digest() {
        Stream<String> all = rates.stream().map(rate -> rate.version() + rate.aliases());
        Stream<String> others = Stream.concat(
                discounts().stream().map(Discount::version),
                toolPrices().stream().map(ToolPrice::version));
        return Digest.of(Stream.concat(all, others).toArray());
    }

    private record Key(String model, Rate.Speed speed) {}

    /** Starts in ascending order, the first open to the past, each with the rows that hold from there to the next. */
    record Stretches(List<Instant> starts, List<List<Rate>> rows) {

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
                    if (rate.holds(at)
                            && fromLater.stream()
                                    .noneMatch(later -> later.promptTier().overlaps(rate.promptTier()))) {
                        held.add(rate);
                    }
                }
            }
            held.sort(Comparator.comparing(Rate::promptTier));
            return List.copyOf(held);
        }
    }
}
