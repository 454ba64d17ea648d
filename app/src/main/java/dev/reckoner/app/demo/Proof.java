package dev.reckoner.app.demo;

import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.simulator.Bill;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.Receipt;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The comparison of two books about the same exchanges: what the simulator stated in whole responses, by its own count
 * and its own price list, and what the ledger holds of them.
 *
 * @param simulator quantities by the simulator's count
 * @param ledger quantities by the ledger's lines
 * @param bill USD by the simulator's price list
 * @param charge USD by the ledger's lines
 * @param cut responses that were cut before their final usage; their output is an estimate and stands apart
 */
record Proof(
        Map<TokenType, Long> simulator, Map<TokenType, Long> ledger, BigDecimal bill, BigDecimal charge, long cut) {

    static Proof of(Collection<Receipt> receipts, Collection<StoredEntry> entries) {
        List<Receipt> whole = receipts.stream().filter(Receipt::finalUsage).toList();
        Counts counts = whole.stream().map(Receipt::stated).reduce(Counts.ZERO, Counts::plus);
        Map<TokenType, Long> ledger = new EnumMap<>(TokenType.class);
        BigDecimal charge = BigDecimal.ZERO;
        for (StoredEntry stored : entries) {
            if (stored.entry().closing().reading().usageFinal()) {
                stored.entry().charge().lines().forEach(line -> count(ledger, line));
                charge = charge.add(rated(stored));
            }
        }
        long cut = receipts.stream()
                .filter(receipt -> receipt.model() != null && !receipt.finalUsage())
                .count();
        return new Proof(quantities(counts), ledger, new Bill().sum(whole), charge, cut);
    }

    boolean holds() {
        for (TokenType type : TokenType.values()) {
            if (!equal(type)) {
                return false;
            }
        }
        return bill.compareTo(charge) == 0;
    }

    boolean equal(TokenType type) {
        return simulator.getOrDefault(type, 0L).equals(ledger.getOrDefault(type, 0L));
    }

    long tokens(Map<TokenType, Long> side) {
        return side.entrySet().stream()
                .filter(part -> part.getKey() != TokenType.WEB_SEARCH)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Entries whose amount isn't known yet. */
    static long pending(Collection<StoredEntry> entries) {
        return entries.stream()
                .filter(stored -> stored.entry().charge().status() == RatingStatus.PENDING)
                .count();
    }

    /** The simulator's bill leaves out what has no price, also the searches beside it. */
    private static BigDecimal rated(StoredEntry stored) {
        boolean pending = stored.entry().charge().status() == RatingStatus.PENDING;
        return pending ? BigDecimal.ZERO : stored.entry().charge().amount();
    }

    private static void count(Map<TokenType, Long> sums, Line line) {
        sums.merge(line.type(), line.quantity(), Math::addExact);
    }

    private static Map<TokenType, Long> quantities(Counts counts) {
        Map<TokenType, Long> out = new EnumMap<>(TokenType.class);
        out.put(TokenType.INPUT, counts.input());
        out.put(TokenType.CACHE_WRITE_5M, counts.cacheWrite5m());
        out.put(TokenType.CACHE_WRITE_1H, counts.cacheWrite1h());
        out.put(TokenType.CACHE_READ, counts.cacheRead());
        out.put(TokenType.OUTPUT, counts.output());
        out.put(TokenType.WEB_SEARCH, counts.searches());
        return out;
    }
}
