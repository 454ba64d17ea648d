package dev.reckoner.reconcile.match;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Crossing;
import dev.reckoner.reconcile.Facts;
import dev.reckoner.reconcile.LedgerLine;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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

    private final SortedMap<Cell, CellFacts> cells = new TreeMap<>(ORDER);
    private final Grain grain;

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
        return List.copyOf(cells.values());
    }

    private CellFacts at(Cell cell) {
        return cells.computeIfAbsent(grain.of(cell), CellFacts::new);
    }
}
