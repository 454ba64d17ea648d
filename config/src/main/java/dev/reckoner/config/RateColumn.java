package dev.reckoner.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns of a rate file; the header spells them in lower case, in any order. */
enum RateColumn {
    KIND(false),
    /** Also the name of a server tool, or what a discount is for. */
    MODEL_ID(true),
    ALIASES(false),
    EFFECTIVE_FROM_UTC(false),
    EFFECTIVE_TO_UTC_EXCLUSIVE(false),
    SPEED(false),
    PROMPT_TIER(false),
    INPUT(true),
    CACHE_WRITE_5M(false),
    CACHE_WRITE_1H(false),
    CACHE_READ(false),
    OUTPUT(true),
    BATCH_INPUT(false),
    BATCH_CACHE_WRITE_5M(false),
    BATCH_CACHE_WRITE_1H(false),
    BATCH_CACHE_READ(false),
    BATCH_OUTPUT(false),
    /** Required: a forgotten factor would quietly cost a tenth of every US-only exchange. */
    INFERENCE_GEO_US_MULTIPLIER(true),
    /** Of a server tool. */
    PER_THOUSAND(false),
    /** Of a discount. */
    DISCOUNT_FACTOR(false),
    STATUS(false),
    CONFIDENCE(false),
    SOURCES(false),
    NOTE(false),
    /** Written by {@code reckoner rates list --csv} and read over, so that what it wrote can be edited and used. */
    ORIGIN(false),
    /** As {@link #ORIGIN}. */
    VERSION(false);

    /** Input, writes of 5 minutes and 1 hour, reads, output. */
    static final List<RateColumn> PRICES = List.of(INPUT, CACHE_WRITE_5M, CACHE_WRITE_1H, CACHE_READ, OUTPUT);

    /** The same classes in the batch tier. */
    static final List<RateColumn> BATCH_PRICES =
            List.of(BATCH_INPUT, BATCH_CACHE_WRITE_5M, BATCH_CACHE_WRITE_1H, BATCH_CACHE_READ, BATCH_OUTPUT);

    static final List<String> NAMES =
            Arrays.stream(values()).map(RateColumn::header).toList();

    private final boolean required;

    RateColumn(boolean required) {
        this.required = required;
    }

    boolean required() {
        return required;
    }

    String header() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable RateColumn of(String header) {
        return Arrays.stream(values())
                .filter(column -> column.header().equals(header))
                .findFirst()
                .orElse(null);
    }
}
