package dev.reckoner.config;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The dated rate table: which prices hold for a model, a served speed and an instant. Exact ids and aliases only. */
public interface RateTable {

    /** Every row, in file order. */
    List<Rate> rates();

    /** The canonical id behind an exact id or alias; empty where the table doesn't know it. */
    Optional<String> canonicalModel(String idOrAlias);

    /**
     * The rows that hold for a model (exact id or alias), speed and instant: none, one with tier ALL, or one per prompt
     * tier.
     */
    List<Rate> find(String idOrAlias, Rate.Speed speed, Instant at);

    /** Short digest of the whole table, shown by {@code explain} and {@code rates}. */
    String version();
}
