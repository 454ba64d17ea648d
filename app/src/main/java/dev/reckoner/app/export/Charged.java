package dev.reckoner.app.export;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What FOCUS calls a charge: tokens of a type under the same terms, and what they cost.
 *
 * @param organization the billed one, null where it isn't known
 * @param until exclusive
 * @param of who caused it and under which terms; the empty string where not stated
 * @param amount USD, null while it has no rate
 * @param rate USD per million (thousand web searches), null where it isn't one
 * @param factor on the rate, null where it isn't one
 * @param correction whether it takes back an earlier charge or stands for it
 */
record Charged(
        String id,
        @Nullable String organization,
        Instant from,
        Instant until,
        Map<Dimension, String> of,
        List<String> tags,
        TokenType type,
        long quantity,
        @Nullable BigDecimal amount,
        @Nullable BigDecimal rate,
        @Nullable BigDecimal factor,
        @Nullable String rateVersion,
        boolean correction) {

    /** The charge of a line, within its hour. */
    static Charged of(Booked.OfLine row) {
        Booked booked = row.booked();
        Entry entry = booked.entry();
        Line line = row.line();
        Instant hour = entry.bookedAt().truncatedTo(ChronoUnit.HOURS);
        return new Charged(
                Facts.lineId(row),
                entry.closing().organizationId(),
                hour,
                hour.plus(1, ChronoUnit.HOURS),
                group(entry, line),
                entry.closing().opening().attribution().tags(),
                line.type(),
                booked.signed(line.quantity()),
                booked.signed(line.amount()),
                line.rate(),
                line.factor(),
                line.rateVersion(),
                booked.arrival().replaced() != null);
    }

    private static Map<Dimension, String> group(Entry entry, Line line) {
        var who = entry.closing().opening().attribution();
        Map<Dimension, String> group = new EnumMap<>(Dimension.class);
        group.put(Dimension.USER, Facts.part(who.user()));
        group.put(Dimension.TEAM, Facts.part(who.team()));
        group.put(Dimension.PROJECT, Facts.part(who.project()));
        group.put(Dimension.SESSION, Facts.part(who.session()));
        group.put(Dimension.KEY, who.key().shown());
        group.put(Dimension.MODEL, line.model());
        put(group, Dimension.WORKSPACE, entry.closing().workspaceId());
        put(group, Dimension.SERVICE_TIER, line.serviceTier());
        put(group, Dimension.SPEED, line.speed());
        put(group, Dimension.INFERENCE_GEO, line.inferenceGeo());
        put(group, Dimension.CONTEXT_WINDOW, line.contextWindow());
        return group;
    }

    private static void put(Map<Dimension, String> group, Dimension dimension, @Nullable String value) {
        group.put(dimension, value == null ? "" : value);
    }

    String value(Dimension dimension) {
        return of.getOrDefault(dimension, "");
    }
}
