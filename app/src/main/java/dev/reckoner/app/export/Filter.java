package dev.reckoner.app.export;

import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which lines and entries are exported: those that a report with the same filter counts. */
final class Filter {
    private final Map<Dimension, List<String>> where;

    Filter(Map<Dimension, List<String>> where) {
        this.where = where;
    }

    boolean takes(Booked.OfLine row) {
        Entry entry = row.booked().entry();
        return where.entrySet().stream()
                .allMatch(allowed ->
                        values(allowed.getKey(), entry, row.line()).stream().anyMatch(allowed.getValue()::contains));
    }

    /** An entry is taken where one of its lines is; one without lines, by who caused it. */
    boolean takes(Booked row) {
        List<Booked.OfLine> lines = Booked.OfLine.of(row);
        if (!lines.isEmpty()) {
            return lines.stream().anyMatch(this::takes);
        }
        return where.entrySet().stream()
                .allMatch(allowed ->
                        values(allowed.getKey(), row.entry(), null).stream().anyMatch(allowed.getValue()::contains));
    }

    private static List<String> values(Dimension dimension, Entry entry, @Nullable Line line) {
        Attribution who = entry.closing().opening().attribution();
        return switch (dimension) {
            case USER -> List.of(Facts.part(who.user()));
            case TEAM -> List.of(Facts.part(who.team()));
            case PROJECT -> List.of(Facts.part(who.project()));
            case SESSION -> List.of(Facts.part(who.session()));
            case TAG -> who.tags().isEmpty() ? List.of("") : who.tags();
            case KEY -> keys(who.key());
            case VIRTUAL_KEY -> List.of(stated(who.virtualKey()));
            case WORKSPACE -> List.of(stated(entry.closing().workspaceId()));
            case MODEL ->
                List.of(line == null ? stated(entry.closing().reading().model()) : line.model());
            case SERVICE_TIER -> List.of(line == null ? "" : stated(line.serviceTier()));
            case SPEED -> List.of(line == null ? "" : stated(line.speed()));
            case INFERENCE_GEO -> List.of(line == null ? "" : stated(line.inferenceGeo()));
            case CONTEXT_WINDOW -> List.of(line == null ? "" : stated(line.contextWindow()));
        };
    }

    private static List<String> keys(KeyRef key) {
        return List.of(key.shown(), key.hash());
    }

    private static String stated(@Nullable String text) {
        return text == null ? "" : text;
    }
}
