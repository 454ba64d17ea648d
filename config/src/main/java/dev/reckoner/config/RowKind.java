package dev.reckoner.config;

import java.util.Set;

/** What a record of a rate file is, by its column {@code kind}; a rate where nothing is said. */
enum RowKind {
    RATE,
    DISCOUNT,
    SERVER_TOOL;

    private static final Set<RateColumn> OF_EVERY_KIND = Set.of(
            RateColumn.KIND,
            RateColumn.MODEL_ID,
            RateColumn.EFFECTIVE_FROM_UTC,
            RateColumn.EFFECTIVE_TO_UTC_EXCLUSIVE,
            RateColumn.STATUS,
            RateColumn.CONFIDENCE,
            RateColumn.SOURCES,
            RateColumn.NOTE,
            RateColumn.ORIGIN,
            RateColumn.VERSION);

    /** Whether a record of this kind may fill that column. */
    boolean has(RateColumn column) {
        return switch (this) {
            case RATE -> column != RateColumn.PER_THOUSAND && column != RateColumn.DISCOUNT_FACTOR;
            case DISCOUNT -> column == RateColumn.DISCOUNT_FACTOR || OF_EVERY_KIND.contains(column);
            case SERVER_TOOL -> column == RateColumn.PER_THOUSAND || OF_EVERY_KIND.contains(column);
        };
    }
}
