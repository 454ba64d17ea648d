package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What caching did, app by app. For one thread. */
final class CacheGroups {
    private static final List<TokenType> CACHED =
            List.of(TokenType.CACHE_WRITE_5M, TokenType.CACHE_WRITE_1H, TokenType.CACHE_READ);

    private final PriceBook prices;
    private final List<Dimension> by;
    private final boolean cellsKept;
    private final Map<Map<Dimension, String>, CacheTally> tallies = new HashMap<>();
    private final Map<Map<Dimension, String>, List<Cell>> cells = new HashMap<>();

    /**
     * Starts empty.
     *
     * @param by what tells apps apart
     * @param cellsKept whether what caching lost will be asked for
     */
    CacheGroups(PriceBook prices, List<Dimension> by, boolean cellsKept) {
        this.prices = prices;
        this.by = by;
        this.cellsKept = cellsKept;
    }

    void add(Cell cell) {
        Map<Dimension, String> app = new EnumMap<>(Dimension.class);
        for (Dimension dimension : by) {
            app.put(dimension, cell.group().getOrDefault(dimension, ""));
        }
        tallies.computeIfAbsent(app, none -> new CacheTally(prices)).add(cell);
        boolean cached = CACHED.stream().anyMatch(type -> cell.tokens(type) != 0);
        if (cellsKept && cached) {
            cells.computeIfAbsent(app, none -> new ArrayList<>()).add(cell);
        }
    }

    /** The rows of apps that cached anything, the largest loss first. */
    List<CacheRow> rows() {
        return tallies.entrySet().stream()
                .filter(entry -> entry.getValue().cached())
                .map(entry -> entry.getValue().row(entry.getKey()))
                .sorted(Comparator.comparing(CacheRow::net)
                        .thenComparing(row -> row.group().toString()))
                .toList();
    }

    /** The sum over all of them. */
    CacheRow total() {
        CacheTally total = new CacheTally(prices);
        tallies.values().forEach(total::add);
        return total.row(Map.of());
    }

    /** What those that lose money could have kept. */
    void losses(Draft draft) {
        cells.forEach((app, ofApp) -> {
            CacheTally tally = tallies.get(app);
            if (tally != null && tally.net().signum() < 0) {
                ofApp.forEach(cell -> lost(draft, cell));
            }
        });
    }

    private void lost(Draft draft, Cell cell) {
        draft.exchanges(cell.sums().exchanges());
        for (TokenType type : CACHED) {
            BigDecimal paid = cell.paid(type);
            BigDecimal plain = prices.as(TokenType.INPUT, type, paid, cell.terms());
            if (plain != null && paid.signum() != 0) {
                draft.tokens(cell.terms().model(), type, cell.tokens(type), paid, plain, cell.group());
            }
        }
    }
}
