package dev.reckoner.config;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record of a rate file that is a {@link ToolPrice}. */
final class ToolRow {

    private final RowFields fields;

    ToolRow(RowFields fields) {
        this.fields = fields;
    }

    /** The price, null where any field was bad. */
    @Nullable
    ToolPrice price() {
        int before = fields.problems();
        String tool = fields.field(RateColumn.MODEL_ID);
        if (!RateTable.SERVER_TOOLS.contains(tool)) {
            fields.add(
                    RateColumn.MODEL_ID,
                    tool,
                    "one of " + String.join(", ", RateTable.SERVER_TOOLS),
                    Nearest.to(tool, RateTable.SERVER_TOOLS));
        }
        Instant from = fields.from();
        Instant to = fields.to();
        BigDecimal perThousand = fields.price(RateColumn.PER_THOUSAND);
        boolean byRequest = tool.equals(RateTable.WEB_SEARCH);
        if (byRequest && !fields.stated(RateColumn.PER_THOUSAND)) {
            fields.add(RateColumn.PER_THOUSAND, "a price per thousand requests such as 10");
        } else if (!byRequest && perThousand != null && perThousand.signum() != 0) {
            fields.add(RateColumn.PER_THOUSAND, "0 or nothing, since requests of this tool aren't what is billed");
        }
        if (fields.problems() > before) {
            return null;
        }
        return new ToolPrice(
                tool,
                from,
                to,
                perThousand,
                fields.field(RateColumn.SOURCES),
                fields.field(RateColumn.NOTE),
                fields.origin(),
                Digest.of("server_tool", tool, RowFields.text(from), RowFields.text(to), RowFields.plain(perThousand)));
    }
}
