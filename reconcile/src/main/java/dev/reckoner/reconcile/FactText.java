package dev.reckoner.reconcile;

import org.jspecify.annotations.Nullable;

/**
 * Facts in words, as their records word themselves. There may be millions of those written out here, and a record's own
 * way goes through a formatter.
 */
final class FactText {
    private final StringBuilder text = new StringBuilder(256);

    private FactText() {}

    static String of(@Nullable Object fact) {
        FactText words = new FactText();
        if (fact instanceof LedgerLine line) {
            words.line(line);
        } else if (fact instanceof BilledUsage usage) {
            words.usage(usage);
        } else if (fact instanceof BilledCost cost) {
            words.cost(cost);
        } else {
            return String.valueOf(fact);
        }
        return words.text.append(']').toString();
    }

    private void line(LedgerLine line) {
        text.append("LedgerLine[cell=");
        cell(line.cell());
        text.append(", apiKeyId=").append(line.apiKeyId());
        text.append(", kind=").append(line.kind());
        text.append(", quantity=").append(line.quantity());
        text.append(", amount=").append(line.amount());
    }

    private void usage(BilledUsage usage) {
        text.append("BilledUsage[cell=");
        cell(usage.cell());
        text.append(", apiKeyId=").append(usage.apiKeyId());
        text.append(", account=").append(usage.account());
        text.append(", quantity=").append(usage.quantity());
    }

    private void cost(BilledCost cost) {
        text.append("BilledCost[cell=");
        cell(cost.cell());
        text.append(", amount=").append(cost.amount());
    }

    private void cell(Cell cell) {
        text.append("Cell[day=").append(cell.day());
        text.append(", workspaceId=").append(cell.workspaceId());
        text.append(", costType=").append(cell.costType());
        text.append(", model=").append(cell.model());
        text.append(", tokenType=").append(cell.tokenType());
        text.append(", serviceTier=").append(cell.serviceTier());
        text.append(", contextWindow=").append(cell.contextWindow());
        text.append(", inferenceGeo=").append(cell.inferenceGeo());
        text.append(", speed=").append(cell.speed()).append(']');
    }
}
