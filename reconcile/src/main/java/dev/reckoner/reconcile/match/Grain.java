package dev.reckoner.reconcile.match;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The grain that a bill states: terms that no line of it names can't tell two cells apart, on either side. Values that
 * mean the same are brought to one spelling (api-facts §1.1, §4).
 */
final class Grain {

    private static final List<Function<Cell, @Nullable String>> TERMS = List.of(
            Cell::model, Cell::tokenType, Cell::serviceTier, Cell::contextWindow, Cell::inferenceGeo, Cell::speed);

    private final Map<String, boolean[]> stated;

    private Grain(Map<String, boolean[]> stated) {
        this.stated = stated;
    }

    /** The grain of a bill. */
    static Grain of(List<BilledCost> costs) {
        Map<String, boolean[]> stated = new HashMap<>();
        for (BilledCost cost : costs) {
            boolean[] terms = stated.computeIfAbsent(cost.cell().costType(), none -> new boolean[TERMS.size()]);
            for (int i = 0; i < terms.length; i++) {
                terms[i] |= TERMS.get(i).apply(cost.cell()) != null;
            }
        }
        return new Grain(stated);
    }

    /** The cell that this one is compared in. */
    Cell of(Cell cell) {
        boolean tokens = cell.costType().equals(Cell.TOKENS);
        boolean[] kept =
                stated.getOrDefault(cell.costType(), new boolean[] {tokens, tokens, false, false, false, false});
        List<@Nullable String> standard = standard(tokens);
        List<@Nullable String> values = new ArrayList<>(kept.length);
        for (int i = 0; i < kept.length; i++) {
            String value = TERMS.get(i).apply(cell);
            values.add(kept[i] ? (value == null ? standard.get(i) : value) : null);
        }
        return new Cell(
                cell.day(),
                cell.workspaceId(),
                cell.costType(),
                values.get(0),
                values.get(1),
                values.get(2),
                values.get(3),
                values.get(4),
                values.get(5));
    }

    /** What a term is where nothing is stated. */
    private static List<@Nullable String> standard(boolean tokens) {
        List<@Nullable String> standard = new ArrayList<>();
        standard.add(null);
        standard.add(null);
        standard.add(tokens ? "standard" : null);
        standard.add(tokens ? "0-200k" : null);
        standard.add(tokens ? "not_available" : null);
        standard.add(tokens ? "standard" : null);
        return standard;
    }
}
