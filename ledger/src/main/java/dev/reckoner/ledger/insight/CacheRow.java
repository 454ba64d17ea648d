package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What caching did for one app. Amounts are USD, exact.
 *
 * @param input tokens of input that passed no cache
 * @param written5m tokens written for 5 minutes
 * @param written1h tokens written for 1 hour
 * @param read tokens read
 * @param cacheRate the part of all input that was read from the cache, to four places; null without input
 * @param premium5m what the writes for 5 minutes cost above plain input
 * @param premium1h what the writes for 1 hour cost above plain input
 * @param saved what the reads cost below plain input
 * @param net {@code saved} − {@code premium5m} − {@code premium1h}: below 0 where caching costs more than it saves
 * @param unpriced tokens written or read for which plain input has no price to compare with
 */
public record CacheRow(
        Map<Dimension, String> group,
        Verdict verdict,
        long exchanges,
        long input,
        long written5m,
        long written1h,
        long read,
        @Nullable BigDecimal cacheRate,
        BigDecimal premium5m,
        BigDecimal premium1h,
        BigDecimal saved,
        BigDecimal net,
        long unpriced) {

    public CacheRow {
        group = Collections.unmodifiableMap(new TreeMap<>(group));
    }

    /** Whether caching pays. */
    public enum Verdict {
        /** It saves more than it costs. */
        PAYS,
        /** It costs more than it saves. */
        LOSES,
        /** It costs what it saves. */
        EVEN
    }
}
