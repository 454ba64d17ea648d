package dev.reckoner.app.export;

import java.util.List;
import java.util.Locale;

/** The form of an export. */
enum Format {
    CSV,
    FOCUS,
    PARQUET,
    CCUSAGE;

    /** The tables it is for, the usual one first. */
    List<String> tables() {
        return switch (this) {
            case CSV -> List.of("entries", "lines", "daily");
            case FOCUS -> List.of("lines", "daily");
            case PARQUET -> List.of("lines", "entries");
            case CCUSAGE -> List.of("daily", "monthly", "session");
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
