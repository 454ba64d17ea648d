package dev.reckoner.reconcile.settle;

import dev.reckoner.config.RateTable;
import dev.reckoner.ledger.HourCrossing;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Settlement;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Unsettled;
import dev.reckoner.ledger.Usage;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.identity.Identity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Solves what an exchange used that the ledger had not wholly seen: what the bill counts of its key and model in its hour,
 * minus everything else that the ledger booked there. It does so only where that leaves one answer:
 *
 * <ul>
 *   <li>the vendor lists the key, and one model served;
 *   <li>no other open exchange of that key and model lies in the same hours, which are widened until no exchange lies
 *       across their edge, so that it makes no difference which instant decides the bucket (api-facts §6);
 *   <li>those hours are known on both sides, and the vendor's reports of them are complete;
 *   <li>what is left is on one set of terms and nowhere negative;
 *   <li>it agrees with what was seen: the input, where the response stated it, and the most output that was asked for;
 *   <li>where the input wasn't stated, bill and ledger agree on the key and the model wherever nothing is open.
 * </ul>
 */
public final class Settler {

    private final Hours hours;
    private final HourTable table;
    private final Identity identity;
    private final RateTable rates;
    private final String name;
    private final List<Settlement> settlements = new ArrayList<>();
    private final List<Settled.Left> left = new ArrayList<>();

    private Settler(Hours hours, Identity identity, RateTable rates, String name) {
        this.hours = hours;
        this.table = new HourTable(hours.billed(), hours.booked(), identity);
        this.identity = identity;
        this.rates = rates;
        this.name = name;
    }

    /**
     * Settles what can be.
     *
     * @param name the reconciliation that it is settled by; every reason begins with it
     */
    public static Settled settle(Hours hours, Unsettled unsettled, Identity identity, RateTable rates, String name) {
        Settler settler = new Settler(hours, identity, rates, name);
        Map<HourTable.Of, List<Span>> crossings = settler.crossings(unsettled.crossings());
        settler.groups(unsettled.entries()).forEach((of, open) -> {
            List<Span> spans = Span.of(open, crossings.getOrDefault(of, List.of()));
            spans.forEach(span -> settler.solve(of, span, spans));
        });
        return new Settled(settler.settlements, settler.left);
    }

    private Map<HourTable.Of, List<Uncertain>> groups(List<StoredEntry> entries) {
        Map<HourTable.Of, List<Uncertain>> groups = new LinkedHashMap<>();
        for (StoredEntry stored : entries) {
            KeyRef key = stored.entry().closing().opening().attribution().key();
            Uncertain one = Uncertain.of(stored, identity.ofListedKey(key.shown()), rates);
            if (one.key() == null) {
                leave(one, "the vendor's list doesn't have its key");
            } else if (one.model() == null) {
                leave(one, "several models may have served it, or none is known");
            } else {
                groups.computeIfAbsent(new HourTable.Of(one.key(), one.model()), none -> new ArrayList<>())
                        .add(one);
            }
        }
        return groups;
    }

    private Map<HourTable.Of, List<Span>> crossings(List<HourCrossing> crossings) {
        Map<HourTable.Of, List<Span>> spans = new HashMap<>();
        for (HourCrossing crossing : crossings) {
            boolean forward = crossing.booked().isBefore(crossing.other());
            Span span = new Span(
                    forward ? crossing.booked() : crossing.other(),
                    forward ? crossing.other() : crossing.booked(),
                    List.of());
            HourTable.Of of = new HourTable.Of(identity.ofLedgerKey(crossing.keyHint()), crossing.model());
            spans.computeIfAbsent(of, none -> new ArrayList<>()).add(span);
        }
        return spans;
    }

    private void solve(HourTable.Of of, Span span, List<Span> spans) {
        if (span.open().size() == 1) {
            Uncertain one = span.open().get(0);
            Map<Cell.Terms, Map<TokenType, Long>> rest = table.without(of, span, one);
            String why = whyNot(of, span, spans, rest);
            if (why == null) {
                settlements.add(settlement(span, one, rest));
            } else {
                leave(one, why);
            }
            return;
        }
        for (Uncertain one : span.open()) {
            leave(one, span.open().size() + " exchanges of its key and model in the same hours are open");
        }
    }

    private @Nullable String whyNot(
            HourTable.Of of, Span span, List<Span> spans, Map<Cell.Terms, Map<TokenType, Long>> rest) {
        Uncertain one = span.open().get(0);
        if (!hours.hold(span)) {
            return "its hours aren't all known, or not complete yet";
        }
        if (rest.size() > 1) {
            return "what the bill has beside other exchanges is on several terms";
        }
        Map<TokenType, Long> counts = counts(rest);
        if (counts.values().stream().anyMatch(count -> count < 0)) {
            return "the bill has less than what the ledger counted of other exchanges in its hours";
        }
        if (one.inputSeen() && !sameInput(counts, one)) {
            return "the bill has another input than its response stated";
        }
        Long most = one.outputMax();
        if (most != null && counts.getOrDefault(TokenType.OUTPUT, 0L) > most) {
            return "the bill has more output than it asked for at most";
        }
        return one.inputSeen() || table.agrees(of, spans)
                ? null
                : "bill and ledger differ on its key and model elsewhere too, and its input was not seen";
    }

    private static boolean sameInput(Map<TokenType, Long> counts, Uncertain one) {
        return Stream.of(TokenType.values())
                .filter(type -> type != TokenType.OUTPUT && type != TokenType.WEB_SEARCH)
                .allMatch(type -> counts.getOrDefault(type, 0L) == one.booked(type));
    }

    private Settlement settlement(Span span, Uncertain one, Map<Cell.Terms, Map<TokenType, Long>> rest) {
        Cell.Terms terms = rest.keySet().stream().findFirst().orElse(null);
        Usage usage = usage(
                counts(rest), terms, one.stored().entry().closing().reading().usage());
        String reason = name + ": what the bill has from " + span.first() + " to " + span.until()
                + " on its key and model, and no other exchange";
        return new Settlement(
                one.stored().entry().id(), one.stored().revision(), String.valueOf(one.model()), usage, reason);
    }

    /** The usage that the bill states, with what it has no field for as it was seen. */
    private static Usage usage(Map<TokenType, Long> counts, Cell.@Nullable Terms terms, @Nullable Usage seen) {
        long writes5m = counts.getOrDefault(TokenType.CACHE_WRITE_5M, 0L);
        long writes1h = counts.getOrDefault(TokenType.CACHE_WRITE_1H, 0L);
        TokenCounts tokens = new TokenCounts(
                counts.getOrDefault(TokenType.INPUT, 0L),
                counts.getOrDefault(TokenType.OUTPUT, 0L),
                Math.addExact(writes5m, writes1h),
                counts.getOrDefault(TokenType.CACHE_READ, 0L),
                writes5m,
                writes1h);
        return new Usage(
                tokens,
                null,
                seen == null ? null : seen.webSearchRequests(),
                seen == null ? null : seen.webFetchRequests(),
                seen == null ? null : seen.codeExecutionRequests(),
                term(terms, Cell.Terms::serviceTier, seen, Usage::serviceTier),
                term(terms, Cell.Terms::inferenceGeo, seen, Usage::inferenceGeo),
                term(terms, Cell.Terms::speed, seen, Usage::speed),
                List.of());
    }

    /** A term as the bill has it, else as it was seen. */
    private static @Nullable String term(
            Cell.@Nullable Terms terms,
            Function<Cell.Terms, @Nullable String> billed,
            @Nullable Usage seen,
            Function<Usage, @Nullable String> stated) {
        if (terms != null) {
            return billed.apply(terms);
        }
        return seen == null ? null : stated.apply(seen);
    }

    private static Map<TokenType, Long> counts(Map<Cell.Terms, Map<TokenType, Long>> rest) {
        Map<TokenType, Long> counts = new EnumMap<>(TokenType.class);
        rest.values().forEach(counts::putAll);
        return counts;
    }

    private void leave(Uncertain one, String why) {
        left.add(new Settled.Left(one.stored().entry().id(), why));
    }
}
