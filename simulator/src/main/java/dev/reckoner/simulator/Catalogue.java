package dev.reckoner.simulator;

import dev.reckoner.simulator.Model.Price;
import dev.reckoner.simulator.admin.Offer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The models on offer with their prices of 2026-11-21 (api-facts §3), typed in again here on purpose: the simulator's
 * bill must not share a mistake with the rate table that it checks.
 */
final class Catalogue {
    /** A model that is served but in no price list, as a newly launched one is. */
    static final String UNLISTED = "claude-unlisted-1";

    private final List<Model> models = List.of(
            Model.of("claude-fable-5-1", true, Price.of("10", "12.5", "20", "0.25", "50")),
            Model.of("claude-fable-5-2", true, Price.of("8", "10", "16", "0.2", "40"))
                    .fast(Price.of("16", "20", "32", "0.4", "80")),
            Model.of("claude-opus-5-5", true, Price.of("4", "5", "8", "0.2", "20"))
                    .fast(Price.of("8", "10", "16", "0.4", "40")),
            Model.of("claude-opus-5", true, Price.of("5", "6.25", "10", "0.5", "25"))
                    .fast(Price.of("10", "12.5", "20", "1", "50")),
            Model.of("claude-opus-4-7", true, Price.of("5", "6.25", "10", "0.5", "25")),
            Model.of("claude-sonnet-5", true, Price.of("2", "2.5", "4", "0.2", "10")),
            Model.of("claude-sonnet-5-5", true, Price.of("2", "2.5", "4", "0.1", "10")),
            Model.of("claude-haiku-5-5", true, Price.of("0.1", "0.125", "0.2", "0.01", "0.5"))
                    .longPrompt(100_000, Price.of("0.5", "0.625", "1", "0.05", "2.5")),
            Model.of("claude-sonnet-4-6", true, Price.of("3", "3.75", "6", "0.3", "15")),
            Model.of("claude-opus-4-5-20251101", false, Price.of("5", "6.25", "10", "0.5", "25"))
                    .alias("claude-opus-4-5"),
            Model.of("claude-sonnet-4-5-20250929", false, Price.of("3", "3.75", "6", "0.3", "15"))
                    .alias("claude-sonnet-4-5"),
            Model.of("claude-haiku-4-5-20251001", false, Price.of("1", "1.25", "2", "0.1", "5"))
                    .alias("claude-haiku-4-5"),
            new Model(UNLISTED, List.of(), true, null, null, null, Long.MAX_VALUE));

    private final Map<String, Model> byName = new LinkedHashMap<>();

    Catalogue() {
        for (Model model : models) {
            byName.put(model.id(), model);
            model.aliases().forEach(alias -> byName.put(alias, model));
        }
    }

    List<Model> models() {
        return models;
    }

    /** The same models as the Admin side knows them. */
    List<Offer> offers() {
        return models.stream().map(Model::offer).toList();
    }

    Optional<Model> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
