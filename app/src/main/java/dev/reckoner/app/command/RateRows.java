package dev.reckoner.app.command;

import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.config.Discount;
import dev.reckoner.config.Prices;
import dev.reckoner.config.Rate;
import dev.reckoner.config.ToolPrice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the rate table for programs. The CSV has the columns of a rate file, so that it can be edited and used as one.
 *
 * @param version the whole table's
 */
public record RateRows(String version, List<Rate> rates, List<Discount> discounts, List<ToolPrice> tools) {
    private static final List<String> COLUMNS = List.of(
            "kind",
            "model_id",
            "aliases",
            "effective_from_utc",
            "effective_to_utc_exclusive",
            "speed",
            "prompt_tier",
            "input",
            "cache_write_5m",
            "cache_write_1h",
            "cache_read",
            "output",
            "batch_input",
            "batch_cache_write_5m",
            "batch_cache_write_1h",
            "batch_cache_read",
            "batch_output",
            "inference_geo_us_multiplier",
            "per_thousand",
            "discount_factor",
            "status",
            "confidence",
            "sources",
            "note",
            "origin",
            "version");

    /** Those that are written by hand: where a row is from and its version follow from the file. */
    private static final List<String> WRITTEN = COLUMNS.subList(0, COLUMNS.indexOf("origin"));

    /** What a file says by leaving the column out. */
    private static final Map<String, String> USUAL = Map.of("kind", "rate", "speed", "standard", "prompt_tier", "all");

    /** What a file may leave out although a row has it: words for people. */
    private static final Set<String> WORDS = Set.of("status", "confidence", "sources", "note");

    /** Writes them with a header. */
    public void csv(PrintWriter out) {
        List<List<String>> records = records();
        records.add(0, COLUMNS);
        Csv.write(out, records);
    }

    /**
     * The text of a rate file with these rows behind its own, in its own columns.
     *
     * @param text a file with a header; empty for a file that begins with these rows
     * @throws CommandFailure where it lacks a column that a row needs
     */
    public String behind(String text) {
        List<String> columns = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .map(line -> List.of(line.strip().split("\\s*,\\s*")))
                .orElse(WRITTEN);
        List<List<String>> records = new ArrayList<>();
        if (text.isBlank()) {
            records.add(WRITTEN);
        }
        for (List<String> record : records()) {
            for (int i = 0; i < WRITTEN.size(); i++) {
                String column = COLUMNS.get(i);
                String value = record.get(i);
                boolean unsaid = value.isEmpty() || value.equals(USUAL.get(column)) || WORDS.contains(column);
                if (!columns.contains(column) && !unsaid) {
                    throw new CommandFailure("found no column \"" + column
                            + "\" in its header, which a row needs; expected a file with it, such as a new one");
                }
            }
            records.add(columns.stream()
                    .map(column -> COLUMNS.contains(column) ? record.get(COLUMNS.indexOf(column)) : "")
                    .toList());
        }
        StringWriter out = new StringWriter();
        Csv.write(new PrintWriter(out, true), records);
        return (text.isEmpty() || text.endsWith("\n") ? text : text + "\n") + out;
    }

    private List<List<String>> records() {
        List<List<String>> records = new ArrayList<>();
        rates.forEach(rate -> records.add(record(rate)));
        for (Discount discount : discounts) {
            records.add(record("discount", discount.target(), discount.from(), discount.to(), null, discount.factor())
                    .with(discount.sources(), discount.note(), discount.origin(), discount.version()));
        }
        for (ToolPrice tool : tools) {
            records.add(record("server_tool", tool.tool(), tool.from(), tool.to(), tool.perThousand(), null)
                    .with(tool.sources(), tool.note(), tool.origin(), tool.version()));
        }
        return records;
    }

    private static List<String> record(Rate rate) {
        List<String> cells = new ArrayList<>();
        cells.add("rate");
        cells.add(rate.model());
        cells.add(String.join(";", rate.aliases()));
        cells.add(day(rate.from()));
        cells.add(day(rate.to()));
        cells.add(Names.of(rate.speed()));
        cells.add(Names.of(rate.promptTier()));
        cells.addAll(prices(rate.prices()));
        cells.addAll(prices(rate.batch()));
        cells.add(number(rate.usMultiplier()));
        cells.add("");
        cells.add("");
        cells.add(Csv.text(rate.status()));
        cells.add(Csv.text(rate.confidence()));
        cells.add(Csv.text(rate.sources()));
        cells.add(Csv.text(rate.note()));
        cells.add(rate.origin());
        cells.add(rate.version());
        return cells;
    }

    private static Rest record(
            String kind,
            String name,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable BigDecimal perThousand,
            @Nullable BigDecimal factor) {
        List<String> cells = new ArrayList<>(List.of(kind, name, "", day(from), day(to)));
        while (cells.size() < COLUMNS.indexOf("per_thousand")) {
            cells.add("");
        }
        cells.addAll(List.of(number(perThousand), number(factor), "", ""));
        return new Rest(cells);
    }

    /** A record that lacks where it is from. */
    private record Rest(List<String> cells) {
        List<String> with(String sources, String note, String origin, String version) {
            List<String> whole = new ArrayList<>(cells);
            whole.addAll(List.of(Csv.text(sources), Csv.text(note), origin, version));
            return whole;
        }
    }

    private static List<String> prices(@Nullable Prices prices) {
        if (prices == null) {
            return List.of("", "", "", "", "");
        }
        return List.of(
                number(prices.input()),
                number(prices.cacheWrite5m()),
                number(prices.cacheWrite1h()),
                number(prices.cacheRead()),
                number(prices.output()));
    }

    private static String day(@Nullable Instant instant) {
        return instant == null ? "" : RateWords.from(instant);
    }

    private static String number(@Nullable BigDecimal number) {
        return number == null ? "" : Numbers.exact(number);
    }

    /** Writes them with their table's version. */
    public void json(PrintWriter out) {
        Json.print(out, false, object -> {
            object.field("version", version);
            object.array("rates", list -> {
                for (Rate rate : rates) {
                    list.object(one -> write(one, rate));
                }
            });
            object.array("discounts", list -> {
                for (Discount discount : discounts) {
                    list.object(one -> write(one, discount));
                }
            });
            object.array("serverTools", list -> {
                for (ToolPrice tool : tools) {
                    list.object(one -> write(one, tool));
                }
            });
        });
    }

    private static void write(Json json, Rate rate) throws IOException {
        json.field("model", rate.model());
        json.array("aliases", list -> {
            for (String alias : rate.aliases()) {
                list.item(alias);
            }
        });
        json.field("from", rate.from());
        json.field("to", rate.to());
        json.field("speed", rate.speed());
        json.field("promptTier", rate.promptTier());
        write(json, "prices", rate.prices());
        write(json, "batchPrices", rate.batch());
        json.field("usMultiplier", rate.usMultiplier());
        json.field("status", rate.status());
        json.field("confidence", rate.confidence());
        from(json, rate.sources(), rate.note(), rate.origin(), rate.version());
    }

    private static void write(Json json, String name, @Nullable Prices prices) throws IOException {
        if (prices == null) {
            json.field(name, (String) null);
            return;
        }
        json.object(name, classes -> {
            classes.field("input", prices.input());
            classes.field("cacheWrite5m", prices.cacheWrite5m());
            classes.field("cacheWrite1h", prices.cacheWrite1h());
            classes.field("cacheRead", prices.cacheRead());
            classes.field("output", prices.output());
        });
    }

    private static void write(Json json, Discount discount) throws IOException {
        json.field("target", discount.target());
        json.field("from", discount.from());
        json.field("to", discount.to());
        json.field("factor", discount.factor());
        from(json, discount.sources(), discount.note(), discount.origin(), discount.version());
    }

    private static void write(Json json, ToolPrice tool) throws IOException {
        json.field("tool", tool.tool());
        json.field("from", tool.from());
        json.field("to", tool.to());
        json.field("perThousand", tool.perThousand());
        from(json, tool.sources(), tool.note(), tool.origin(), tool.version());
    }

    private static void from(Json json, String sources, String note, String origin, String version) throws IOException {
        json.field("sources", sources);
        json.field("note", note);
        json.field("origin", origin);
        json.field("version", version);
    }
}
