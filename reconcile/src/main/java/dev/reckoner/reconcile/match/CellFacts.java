package dev.reckoner.reconcile.match;

import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.LedgerLine;
import dev.reckoner.reconcile.LedgerLine.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What bill, usage report and ledger say about one cell. Traffic without a key stands under the empty key. */
final class CellFacts {

    private static final String NO_KEY = "";
    private static final String NO_ACCOUNT = "";

    final Cell cell;
    private BigDecimal billed = BigDecimal.ZERO;
    private BigDecimal booked = BigDecimal.ZERO;
    private long usedInAll;
    private final Map<Kind, Long> countedInAll = new EnumMap<>(Kind.class);
    private final Map<String, Long> used = new HashMap<>();
    private final SortedMap<String, Long> keyless = new TreeMap<>();
    private final Map<String, Map<Kind, Long>> counted = new HashMap<>();
    private final Map<String, Long> moved = new HashMap<>();
    private final List<LedgerLine> lines = new ArrayList<>();

    CellFacts(Cell cell) {
        this.cell = cell;
    }

    void bill(BigDecimal amount) {
        billed = billed.add(amount);
    }

    void use(BilledUsage usage) {
        usedInAll = Math.addExact(usedInAll, usage.quantity());
        used.merge(key(usage.apiKeyId()), usage.quantity(), Math::addExact);
        if (usage.apiKeyId() == null) {
            String account = usage.account();
            keyless.merge(account == null ? NO_ACCOUNT : account, usage.quantity(), Math::addExact);
        }
    }

    void book(LedgerLine line) {
        booked = booked.add(line.amount());
        lines.add(line);
        countedInAll.merge(line.kind(), line.quantity(), Math::addExact);
        counted.computeIfAbsent(key(line.apiKeyId()), none -> new EnumMap<>(Kind.class))
                .merge(line.kind(), line.quantity(), Math::addExact);
    }

    /** Notes that by the other instant the cell would have so many more. */
    void move(@Nullable String apiKeyId, long quantity) {
        moved.merge(key(apiKeyId), quantity, Math::addExact);
    }

    /** Billed, USD. */
    BigDecimal billed() {
        return billed;
    }

    /** Booked by the ledger, USD. */
    BigDecimal booked() {
        return booked;
    }

    List<LedgerLine> lines() {
        return lines;
    }

    /** Every key that anything is known of. */
    SortedSet<String> keys() {
        SortedSet<String> keys = new TreeSet<>(used.keySet());
        keys.addAll(counted.keySet());
        return keys;
    }

    /** What the usage report counts on a key. */
    long used(String key) {
        return used.getOrDefault(key, 0L);
    }

    /** What the usage report counts without a key, by account; where none is stated, under the empty name. */
    SortedMap<String, Long> keyless() {
        return keyless;
    }

    /** What the usage report counts on all keys. */
    long used() {
        return usedInAll;
    }

    /** What the ledger counts on a key as billed. */
    long counted(String key) {
        return billable(counted.getOrDefault(key, Map.of()));
    }

    /** What the ledger counts on all keys as billed. */
    long counted() {
        return billable(countedInAll);
    }

    /** What the ledger counts on a key, of one kind. */
    long counted(String key, Kind kind) {
        return counted.getOrDefault(key, Map.of()).getOrDefault(kind, 0L);
    }

    /** What the ledger counts on all keys, of one kind. */
    long counted(Kind kind) {
        return countedInAll.getOrDefault(kind, 0L);
    }

    private static long billable(Map<Kind, Long> kinds) {
        long sum = 0;
        for (Map.Entry<Kind, Long> kind : kinds.entrySet()) {
            sum = kind.getKey() == Kind.WAIVED ? sum : Math.addExact(sum, kind.getValue());
        }
        return sum;
    }

    /** What a key's count would change by if exchanges were booked by the other instant. */
    long moved(String key) {
        return moved.getOrDefault(key, 0L);
    }

    static String key(@Nullable String apiKeyId) {
        return apiKeyId == null ? NO_KEY : apiKeyId;
    }

    static boolean keyless(String key) {
        return key.equals(NO_KEY);
    }
}
