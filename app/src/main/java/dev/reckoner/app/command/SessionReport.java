package dev.reckoner.app.command;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.SessionRow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as asked for and answered, ready to be written.
 *
 * @param more whether there are sessions behind the last one
 * @param whole what all exchanges of the period come to, those without a session too; null where not all are listed
 * @param source where the books were read from
 * @param lag how far the store was behind when it was asked
 */
record SessionReport(
        Period period,
        Map<Dimension, List<String>> where,
        List<SessionRow> rows,
        boolean more,
        @Nullable Figures whole,
        String source,
        Lag lag) {

    Figures total() {
        Figures total = Figures.NONE;
        for (SessionRow row : rows) {
            total = total.plus(new Figures(row.sums()));
        }
        return total;
    }
}
