package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * What caching did, in the making: every token that was written or read is compared with the same token as plain input.
 * Exact; for one thread.
 */
final class CacheTally {
    private static final int RATE_PLACES = 4;

    private final PriceBook prices;
    private long exchanges;
    private long input;
    private long written5m;
    private long written1h;
    private long read;
    private long unpriced;
    private BigDecimal premium5m = BigDecimal.ZERO;
    private BigDecimal premium1h = BigDecimal.ZERO;
    private BigDecimal saved = BigDecimal.ZERO;

    CacheTally(PriceBook prices) {
        this.prices = prices;
    }

    void add(Cell cell) {
        exchanges += cell.sums().exchanges();
        input += cell.tokens(TokenType.INPUT);
        written5m += cell.tokens(TokenType.CACHE_WRITE_5M);
        written1h += cell.tokens(TokenType.CACHE_WRITE_1H);
        read += cell.tokens(TokenType.CACHE_READ);
        premium5m = premium5m.add(dearer(cell, TokenType.CACHE_WRITE_5M));
        premium1h = premium1h.add(dearer(cell, TokenType.CACHE_WRITE_1H));
        saved = saved.subtract(dearer(cell, TokenType.CACHE_READ));
    }

    void add(CacheTally other) {
        exchanges += other.exchanges;
        input += other.input;
        written5m += other.written5m;
        written1h += other.written1h;
        read += other.read;
        unpriced += other.unpriced;
        premium5m = premium5m.add(other.premium5m);
        premium1h = premium1h.add(other.premium1h);
        saved = saved.add(other.saved);
    }

    /** How much dearer than plain input the tokens of a type were; 0 where plain input has no price. */
    private BigDecimal dearer(Cell cell, TokenType type) {
        BigDecimal paid = cell.paid(type);
        BigDecimal plain = prices.as(TokenType.INPUT, type, paid, cell.terms());
        if (plain == null) {
            unpriced += cell.tokens(type);
            return BigDecimal.ZERO;
        }
        return paid.subtract(plain);
    }

    boolean cached() {
        return written5m != 0 || written1h != 0 || read != 0;
    }

    BigDecimal net() {
        return saved.subtract(premium5m).subtract(premium1h);
    }

    CacheRow row(Map<Dimension, String> group) {
        long all = input + written5m + written1h + read;
        BigDecimal rate = all <= 0
                ? null
                : BigDecimal.valueOf(read).divide(BigDecimal.valueOf(all), RATE_PLACES, RoundingMode.HALF_EVEN);
        BigDecimal net = net();
        CacheRow.Verdict verdict = net.signum() == 0
                ? CacheRow.Verdict.EVEN
                : net.signum() > 0 ? CacheRow.Verdict.PAYS : CacheRow.Verdict.LOSES;
        return new CacheRow(
                group, verdict, exchanges, input, written5m, written1h, read, rate, premium5m, premium1h, saved, net,
                unpriced);
    }
}
