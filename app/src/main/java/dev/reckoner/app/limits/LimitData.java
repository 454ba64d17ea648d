package dev.reckoner.app.limits;

import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.limit.Standing;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Limits for programs: JSON and CSV with every column, amounts exact. */
final class LimitData {
    private static final List<String> HEADER = List.of(
            "limit_id",
            "limit",
            "measure",
            "origin",
            "created_at",
            "whom",
            "spent",
            "pending",
            "reserved",
            "left",
            "since",
            "resets_at");

    private LimitData() {}

    static void json(PrintWriter out, List<Standing> standings) {
        Json.print(
                out,
                false,
                object -> object.array("limits", list -> {
                    for (Standing standing : standings) {
                        list.object(json -> write(json, standing));
                    }
                }));
    }

    static void csv(PrintWriter out, List<Standing> standings) {
        List<List<String>> records = new ArrayList<>();
        records.add(HEADER);
        standings.forEach(standing -> records.add(record(standing)));
        Csv.write(out, records);
    }

    static void write(Json json, Standing standing) throws IOException {
        json.field("id", standing.limit().id());
        json.field("limit", standing.limit().rule().toString());
        json.field("measure", standing.limit().rule().cap().measure());
        json.field("origin", standing.limit().origin());
        json.field("createdAt", standing.limit().createdAt());
        json.field("whom", standing.subject().toString());
        json.field("spent", standing.spent());
        json.field("pending", standing.pending());
        json.field("reserved", standing.reserved());
        json.field("left", standing.left());
        json.field("since", standing.since());
        json.field("resetsAt", standing.resetsAt());
    }

    private static List<String> record(Standing standing) {
        return List.of(
                standing.limit().id(),
                Csv.text(standing.limit().rule().toString()),
                standing.limit().rule().cap().measure(),
                standing.limit().origin().name().toLowerCase(Locale.ROOT),
                text(standing.limit().createdAt()),
                Csv.text(standing.subject().toString()),
                text(standing.spent()),
                text(standing.pending()),
                text(standing.reserved()),
                text(standing.left()),
                text(standing.since()),
                text(standing.resetsAt()));
    }

    private static String text(@Nullable BigDecimal amount) {
        return amount == null ? "" : Numbers.exact(amount);
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }
}
