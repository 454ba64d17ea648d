package dev.reckoner.app.command;

import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.RateLimitRow.Peak;
import dev.reckoner.ledger.RateLimitRow.Throttled;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Peaks per minute for programs: JSON and CSV with every column. */
final class RateLimitData {
    private static final List<String> FIGURES = List.of(
            "peak_input",
            "peak_input_at",
            "input_limit",
            "peak_output",
            "peak_output_at",
            "output_limit",
            "peak_requests",
            "peak_requests_at",
            "requests_limit",
            "input",
            "cache_read",
            "output",
            "requests",
            "throttled",
            "throttled_users");

    private RateLimitData() {}

    static void json(PrintWriter out, List<RateLimitRow> rows, Dimension by, Period asked) {
        Json.print(out, false, object -> {
            object.field("from", asked.from());
            object.field("until", asked.until());
            object.array("rateLimits", list -> {
                for (RateLimitRow row : rows) {
                    list.object(json -> write(json, row, by));
                }
            });
        });
    }

    private static void write(Json json, RateLimitRow row, Dimension by) throws IOException {
        json.field("start", row.start());
        json.field(Names.of(by), row.group());
        peak(json, "peakInput", row.peakInput(), row.limits().inputTokens());
        peak(json, "peakOutput", row.peakOutput(), row.limits().outputTokens());
        peak(json, "peakRequests", row.peakRequests(), row.limits().requests());
        json.field("input", row.input());
        json.field("cacheRead", row.cacheRead());
        json.field("output", row.output());
        json.field("requests", row.requests());
        json.field("throttled", row.throttled());
        json.array("throttledUsers", list -> {
            for (Throttled user : row.throttledUsers()) {
                list.object(one -> {
                    one.field("user", user.user());
                    one.field("requests", user.requests());
                });
            }
        });
    }

    private static void peak(Json json, String name, Peak peak, @Nullable Long limit) throws IOException {
        json.object(name, one -> {
            one.field("perMinute", peak.most());
            one.field("at", peak.at());
            if (limit != null) {
                one.field("limit", limit);
            }
        });
    }

    static void csv(PrintWriter out, List<RateLimitRow> rows, Dimension by) {
        List<List<String>> records = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of("start", Names.of(by)));
        header.addAll(FIGURES);
        records.add(header);
        for (RateLimitRow row : rows) {
            records.add(List.of(
                    row.start().toString(),
                    Csv.text(row.group()),
                    String.valueOf(row.peakInput().most()),
                    text(row.peakInput().at()),
                    text(row.limits().inputTokens()),
                    String.valueOf(row.peakOutput().most()),
                    text(row.peakOutput().at()),
                    text(row.limits().outputTokens()),
                    String.valueOf(row.peakRequests().most()),
                    text(row.peakRequests().at()),
                    text(row.limits().requests()),
                    String.valueOf(row.input()),
                    String.valueOf(row.cacheRead()),
                    String.valueOf(row.output()),
                    String.valueOf(row.requests()),
                    String.valueOf(row.throttled()),
                    Csv.text(row.throttledUsers().stream()
                            .map(user -> user.user() + " " + user.requests())
                            .collect(Collectors.joining("; ")))));
        }
        Csv.write(out, records);
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    private static String text(@Nullable Long number) {
        return number == null ? "" : number.toString();
    }
}
