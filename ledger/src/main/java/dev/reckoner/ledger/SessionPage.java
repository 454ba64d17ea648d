package dev.reckoner.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some sessions in the order asked for.
 *
 * @param next the cursor of the next page, null where there is none
 */
public record SessionPage(List<SessionRow> rows, @Nullable String next) {

    public SessionPage {
        rows = List.copyOf(rows);
    }
}
