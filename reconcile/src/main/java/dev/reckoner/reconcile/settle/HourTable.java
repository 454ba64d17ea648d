package dev.reckoner.reconcile.settle;

import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.HourlyLine;
import dev.reckoner.reconcile.HourlyUsage;
import dev.reckoner.reconcile.identity.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Billed minus booked tokens, by key and model and hour, by terms and token class. */
final class HourTable {

    private final Map<Of, Map<Instant, List<Count>>> counts = new HashMap<>();

    HourTable(List<HourlyUsage> billed, List<HourlyLine> booked, Identity identity) {
        for (HourlyUsage used : billed) {
            add(used.hour(), used.cell(), identity.ofVendorKey(used.apiKeyId()), used.quantity());
        }
        for (HourlyLine line : booked) {
            add(
                    line.hour(),
                    line.line().cell(),
                    line.line().apiKeyId(),
                    -line.line().quantity());
        }
    }

    /** A key and a model. */
    record Of(@Nullable String key, @Nullable String model) {}

    /** A difference of one token class under some terms. */
    record Count(Cell.Terms terms, TokenType type, long difference) {}

    private void add(Instant hour, Cell cell, @Nullable String key, long quantity) {
        if (!cell.costType().equals(Cell.TOKENS)) {
            return;
        }
        TokenType type = Stream.of(TokenType.values())
                .filter(known -> known.vendorName().equals(cell.tokenType()))
                .findFirst()
                .orElse(null);
        if (type == null) {
            return;
        }
        counts.computeIfAbsent(new Of(key, cell.model()), none -> new HashMap<>())
                .computeIfAbsent(hour, none -> new ArrayList<>())
                .add(new Count(standard(cell.terms()), type, quantity));
    }

    /**
     * What the bill has of a key and a model over a span beside everything that the ledger booked of other exchanges than
     * that one, by the terms it is billed on. Zeros are left out.
     */
    Map<Cell.Terms, Map<TokenType, Long>> without(Of of, Span span, Uncertain one) {
        Map<Cell.Terms, Map<TokenType, Long>> rest = over(of, span);
        for (Line line : one.stored().entry().charge().lines()) {
            if (line.type() != TokenType.WEB_SEARCH) {
                Cell.Terms terms = standard(new Cell.Terms(
                        line.model(), line.serviceTier(), line.contextWindow(), line.inferenceGeo(), line.speed()));
                rest.computeIfAbsent(terms, none -> new HashMap<>())
                        .merge(line.type(), line.quantity(), Math::addExact);
            }
        }
        return withoutZeros(rest);
    }

    /** Terms with one spelling for what is the usual, stated or not (api-facts §1.1, §4). */
    private static Cell.Terms standard(Cell.Terms terms) {
        return new Cell.Terms(
                terms.model(),
                Objects.requireNonNullElse(terms.serviceTier(), "standard"),
                Objects.requireNonNullElse(terms.contextWindow(), "0-200k"),
                Objects.requireNonNullElse(terms.inferenceGeo(), "not_available"),
                Objects.requireNonNullElse(terms.speed(), "standard"));
    }

    /** The differences of a key and model over a span, those that are zero left out. */
    Map<Cell.Terms, Map<TokenType, Long>> over(Of of, Span span) {
        Map<Cell.Terms, Map<TokenType, Long>> sums = new HashMap<>();
        counts.getOrDefault(of, Map.of()).forEach((hour, list) -> {
            if (span.holds(hour)) {
                list.forEach(count -> sums.computeIfAbsent(count.terms, none -> new HashMap<>())
                        .merge(count.type, count.difference, Math::addExact));
            }
        });
        return withoutZeros(sums);
    }

    private static Map<Cell.Terms, Map<TokenType, Long>> withoutZeros(Map<Cell.Terms, Map<TokenType, Long>> sums) {
        sums.values().forEach(classes -> classes.values().removeIf(difference -> difference == 0));
        sums.values().removeIf(Map::isEmpty);
        return sums;
    }

    /** Whether bill and ledger agree on a key and a model wherever nothing is open. */
    boolean agrees(Of of, List<Span> spans) {
        boolean inSpans = spans.stream()
                .filter(span -> span.open().isEmpty())
                .allMatch(span -> over(of, span).isEmpty());
        return inSpans
                && counts.getOrDefault(of, Map.of()).keySet().stream()
                        .filter(hour -> spans.stream().noneMatch(span -> span.holds(hour)))
                        .allMatch(hour ->
                                over(of, new Span(hour, hour, List.of())).isEmpty());
    }
}
