package dev.reckoner.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes rate tables: the built-in one, and that one with the operator's files laid over it.
 *
 * <p>A rate file is comma-separated values in UTF-8 with a header line. It needs the columns {@code model_id},
 * {@code input}, {@code output} and {@code inference_geo_us_multiplier}; the others may be missing and are then empty:
 * {@code aliases} (separated by semicolons), {@code effective_from_utc} and {@code effective_to_utc_exclusive} (UTC days
 * that begin at 00:00, empty for an open end), {@code speed} (empty = standard), {@code prompt_tier} (empty = all),
 * the cache and batch prices, {@code status}, {@code confidence}, {@code sources}, {@code note}. Lines that begin with
 * {@code #} are comments. Prices are USD per million tokens.
 *
 * <p>For a model, a served speed, a prompt size and an instant the row of the last file that has one holds. A row thus
 * replaces rows of earlier files where dates and prompt tier overlap, and leaves the time before and after to them. A
 * replaced row is replaced for all of its prompt sizes: a row for {@code le_200k} over one for {@code all} leaves larger
 * prompts without a price, and they wait as pending until a {@code gt_200k} row is added. A row without prices makes a
 * model known but not priced.
 *
 * <p>A file with the column {@code kind} may also hold rows that are no rates. {@code discount}: {@code model_id} is a
 * model, a server tool or {@code *} for whatever has no discount of its own, {@code discount_factor} multiplies every
 * price of it. {@code server_tool}: {@code model_id} is the tool's name, {@code per_thousand} its price in USD per
 * thousand requests. For both, too, the row of the last file that holds at an instant wins.
 */
public final class RateTables {

    /** Operator files that may be laid over each other. */
    static final int FILES_MAX = 100;

    /** What the origin of a row of the built-in table begins with. */
    static final String BUILT_IN = "built-in ";

    private static final List<String> BUILT_IN_FILES = List.of("rates.csv", "server-tools.csv");

    private RateTables() {}

    /** The table that comes with the program. */
    public static RateTable builtIn() {
        return load(List.of());
    }

    /**
     * The built-in table with the operator's files over it, later files over earlier ones.
     *
     * @throws ConfigException with every problem of every file
     */
    public static RateTable load(List<Path> operatorFiles) {
        List<Problem> problems = new ArrayList<>();
        List<RateLayer> layers = new ArrayList<>();
        for (String file : BUILT_IN_FILES) {
            layers.add(RateFile.parse(BUILT_IN + file, builtInText(file), problems));
        }
        if (operatorFiles.size() > FILES_MAX) {
            problems.add(new Problem(
                    "rating.rates_files", "", operatorFiles.size() + " files", "at most " + FILES_MAX + " files"));
        }
        for (Path file : operatorFiles.subList(0, Math.min(FILES_MAX, operatorFiles.size()))) {
            String text = TextFile.read(file, problems);
            if (text != null) {
                layers.add(RateFile.parse(file.toString(), text, problems));
            }
        }
        Map<String, String> canonical = names(layers, problems);
        List<List<Discount>> discounts = layers.stream()
                .map(layer -> discounts(layer, canonical, problems))
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return DatedRates.of(layers, discounts, canonical);
    }

    /** Every id and alias with the one model that it names. */
    private static Map<String, String> names(List<RateLayer> layers, List<Problem> problems) {
        Map<String, String> canonical = new HashMap<>();
        for (RateLayer layer : layers) {
            for (Rate rate : layer.rates()) {
                String known = canonical.putIfAbsent(rate.model(), rate.model());
                if (known != null && !known.equals(rate.model())) {
                    problems.add(clash(rate, RateColumn.MODEL_ID, rate.model(), known));
                }
                for (String alias : rate.aliases()) {
                    String named = canonical.putIfAbsent(alias, rate.model());
                    if (named != null && !named.equals(rate.model())) {
                        problems.add(clash(rate, RateColumn.ALIASES, alias, named));
                    }
                }
            }
        }
        return canonical;
    }

    /** A file's discounts by canonical id, checked against what there is to be discounted. */
    private static List<Discount> discounts(RateLayer layer, Map<String, String> canonical, List<Problem> problems) {
        List<Discount> discounts = new ArrayList<>();
        for (Discount discount : layer.discounts()) {
            String target = discount.target();
            boolean known = target.equals(Discount.EVERYTHING) || RateTable.SERVER_TOOLS.contains(target);
            String model = canonical.get(target);
            if (!known && model == null) {
                problems.add(new Problem(
                        discount.origin(),
                        RateColumn.MODEL_ID.header(),
                        target,
                        "* or a model or server tool of the table",
                        Nearest.to(target, canonical.keySet())));
            }
            discounts.add(model == null ? discount : discount.on(model));
        }
        new Overlaps<Discount>(Discount::origin, "a time that no other discount on the same holds", problems)
                .check(discounts, (a, b) -> a.target().equals(b.target()));
        return discounts;
    }

    private static Problem clash(Rate rate, RateColumn column, String name, String known) {
        String expected = known.equals(name)
                ? "an alias that is no model's own id"
                : "a name that does not already mean " + known;
        return new Problem(rate.origin(), column.header(), name, expected);
    }

    private static String builtInText(String file) {
        try (InputStream in = RateTables.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the built-in " + file + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the built-in " + file + " can't be read from the jar", e);
        }
    }
}
