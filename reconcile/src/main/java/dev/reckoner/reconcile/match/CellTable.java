package dev.reckoner.reconcile.match;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Crossing;
import dev.reckoner.reconcile.Facts;
import dev.reckoner.reconcile.LedgerLine;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/** The facts by cell, at the grain of the bill, ordered. */
final class CellTable {

    private static final Comparator<String> WORDS = Comparator.nullsFirst(Comparator.naturalOrder());

    private static final Comparator<Cell> ORDER = Comparator.comparing(Cell::day)
            .thenComparing(Cell::workspaceId, WORDS)
            .thenComparing(Cell::costType)
            .thenComparing(Cell::model, WORDS)
            .thenComparing(Cell::tokenType, WORDS)
            .thenComparing(Cell::serviceTier, WORDS)
            .thenComparing(Cell::contextWindow, WORDS)
            .thenComparing(Cell::inferenceGeo, WORDS)
            .thenComparing(Cell::speed, WORDS);

    private final Map<Cell, CellFacts> cells = new HashMap<>();
    private final Grain grain;

    /** The cells by how they are stated: many lines share one, and bringing it to the grain takes longer than finding it. */
    private final Map<Cell, CellFacts> stated = new HashMap<>();

    private CellTable(Grain grain) {
        this.grain = grain;
    }

    static CellTable of(Facts facts) {
        CellTable table = new CellTable(Grain.of(facts.costs()));
        for (BilledCost cost : facts.costs()) {
            table.at(cost.cell()).bill(cost.amount());
        }
        for (BilledUsage usage : facts.usage()) {
            table.at(usage.cell()).use(usage);
        }
        for (LedgerLine line : facts.ledger()) {
            table.at(line.cell()).book(line);
        }
        for (Crossing crossing : facts.crossings()) {
            LedgerLine line = crossing.line();
            if (facts.within(line.cell().day())) {
                table.at(line.cell()).move(line.apiKeyId(), Math.negateExact(line.quantity()));
            }
            if (facts.within(crossing.other())) {
                table.at(line.cell().on(crossing.other())).move(line.apiKeyId(), line.quantity());
            }
        }
        return table;
    }

    Collection<CellFacts> cells() {
        return cells.values().stream()
                .sorted(Comparator.comparing((CellFacts facts) -> facts.cell, ORDER))
                .toList();
    }

    private CellFacts at(Cell cell) {
        CellFacts known = stated.get(cell);
        if (known != null) {
            return known;
        }
        CellFacts facts = cells.computeIfAbsent(grain.of(cell), CellFacts::new);
        stated.put(cell, facts);
        return facts;
    }
}
