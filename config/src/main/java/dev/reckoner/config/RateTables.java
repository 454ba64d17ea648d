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
 */
public final class RateTables {

    /** Operator files that may be laid over each other. */
    static final int FILES_MAX = 100;

    private static final String BUILT_IN = "rates.csv";

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
        List<List<Rate>> layers = new ArrayList<>();
        layers.add(RateFile.parse("built-in " + BUILT_IN, builtInText(), problems));
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
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return DatedRates.of(layers, canonical);
    }

    /** Every id and alias with the one model that it names. */
    private static Map<String, String> names(List<List<Rate>> layers, List<Problem> problems) {
        Map<String, String> canonical = new HashMap<>();
        for (List<Rate> layer : layers) {
            for (Rate rate : layer) {
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

    private static Problem clash(Rate rate, RateColumn column, String name, String known) {
        String expected = known.equals(name)
                ? "an alias that is no model's own id"
                : "a name that does not already mean " + known;
        return new Problem(rate.origin(), column.header(), name, expected);
    }

    private static String builtInText() {
        try (InputStream in = RateTables.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IllegalStateException("the built-in " + BUILT_IN + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the built-in " + BUILT_IN + " can't be read from the jar", e);
        }
    }
}
