package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.simulator.Bill;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.Receipt;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares the ledger with the simulator's own books, exchange by exchange and in sum. */
final class Comparison {
    private final Bill bill = new Bill();
    private Counts served = Counts.ZERO;
    private Counts held = Counts.ZERO;
    private BigDecimal billed = BigDecimal.ZERO;
    private BigDecimal charged = BigDecimal.ZERO;
    private long exact;

    private Comparison() {}

    /** Asserts that both books agree wherever the final usage reached the proxy; returns in how many exchanges. */
    static long assertAgree(Collection<Receipt> receipts, Collection<StoredEntry> entries) {
        Comparison comparison = new Comparison();
        Map<String, Entry> byRequest = byRequestId(entries);
        for (Receipt receipt : receipts) {
            if (receipt.path().equals("/v1/messages")) {
                comparison.add(receipt, byRequest.get(receipt.requestId()));
            }
        }
        assertEquals(comparison.served, comparison.held);
        assertEquals(
                0, comparison.billed.compareTo(comparison.charged), comparison.billed + " != " + comparison.charged);
        return comparison.exact;
    }

    private void add(Receipt receipt, @Nullable Entry entry) {
        if (entry == null) {
            assertTrue(!receipt.whole(), "no entry for " + receipt);
            return;
        }
        Supplier<String> both = () -> receipt + " booked as " + entry;
        boolean reset = receipt.fault().contains("reset");
        if (entry.closing().reading().usageFinal()) {
            addFinal(receipt, entry, both);
            return;
        }
        boolean cutJson = !receipt.stream() && !receipt.whole();
        assertTrue(!receipt.finalUsage() || reset || cutJson, both);
        if (receipt.stated().equals(Counts.ZERO)) {
            assertEquals(Counts.ZERO, counts(entry), both);
        } else if (!reset) {
            // the input is known to the token, the output of a stream is an estimate and marked
            assertEquals(withoutOutput(receipt.stated()), withoutOutput(counts(entry)), both);
            assertTrue(entry.charge().estimated() || cutJson, both);
        }
    }

    private void addFinal(Receipt receipt, Entry entry, Supplier<String> both) {
        assertEquals(receipt.stated(), counts(entry), both);
        assertTrue(receipt.finalUsage(), both);
        assertEquals(receipt.model(), entry.closing().reading().model(), both);
        served = served.plus(receipt.stated());
        held = held.plus(counts(entry));
        exact++;
        Optional<BigDecimal> price = bill.charge(receipt);
        if (price.isPresent()) {
            billed = billed.add(price.get());
            charged = charged.add(entry.charge().amount());
        } else {
            assertEquals(RatingStatus.PENDING, entry.charge().status(), both);
        }
    }

    private static Counts withoutOutput(Counts c) {
        return new Counts(c.input(), c.cacheWrite5m(), c.cacheWrite1h(), c.cacheRead(), 0, c.searches());
    }

    static Counts counts(Entry entry) {
        return new Counts(
                quantity(entry, TokenType.INPUT),
                quantity(entry, TokenType.CACHE_WRITE_5M),
                quantity(entry, TokenType.CACHE_WRITE_1H),
                quantity(entry, TokenType.CACHE_READ),
                quantity(entry, TokenType.OUTPUT),
                quantity(entry, TokenType.WEB_SEARCH));
    }

    /** The entries by the vendor's request-id; two entries of one id are an error. */
    static Map<String, Entry> byRequestId(Collection<StoredEntry> entries) {
        Map<String, Entry> byId = new HashMap<>();
        for (StoredEntry stored : entries) {
            String id = stored.entry().closing().requestId();
            if (id != null) {
                assertEquals(null, byId.put(id, stored.entry()), "two entries for " + id);
            }
        }
        return byId;
    }

    /** Asserts that every response a client saw whole has its entry; the proxy's own answers carry its own id. */
    static void assertBooked(List<String> seen, Collection<StoredEntry> entries) {
        Map<String, Entry> byId = byRequestId(entries);
        entries.forEach(stored -> byId.put(stored.entry().id().toString(), stored.entry()));
        for (String id : seen) {
            assertNotNull(byId.get(id), "a client saw the whole response of " + id + ", the ledger doesn't have it");
        }
    }

    private static long quantity(Entry entry, TokenType type) {
        return entry.charge().lines().stream()
                .filter(line -> line.type() == type)
                .mapToLong(line -> line.quantity())
                .sum();
    }
}
