package dev.reckoner.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the references of one value: <code>${VAR}</code>, <code>${VAR:-default}</code>, <code>${file:/path}</code>;
 * <code>$${</code> stands for a plain <code>${</code>. What a file held is never repeated in a message.
 */
final class Interpolation {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(})?");
    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
    private static final String FILE = "file:";

    private final Map<String, String> env;
    private final Path base;
    private final Path home;

    /**
     * Fills from an environment and from files.
     *
     * @param env the environment
     * @param base the directory that relative paths start from
     * @param home what {@code ~} stands for
     */
    Interpolation(Map<String, String> env, Path base, Path home) {
        this.env = env;
        this.base = base;
        this.home = home;
    }

    /** The word with its references filled in; null after a problem was added. */
    @Nullable
    Word fill(String written, String place, String key, List<Problem> problems) {
        Matcher matcher = REFERENCE.matcher(written);
        StringBuilder text = new StringBuilder();
        boolean secret = false;
        int before = problems.size();
        while (matcher.find()) {
            String inside = matcher.group(1);
            if (inside == null) {
                matcher.appendReplacement(text, Matcher.quoteReplacement("${"));
            } else if (matcher.group(2) == null) {
                problems.add(new Problem(place, key, written, "a closing brace after ${ (write $${ for a plain ${)"));
                return null;
            } else {
                secret |= inside.startsWith(FILE);
                String value = inside.startsWith(FILE)
                        ? fromFile(inside.substring(FILE.length()), place, key, problems)
                        : fromVariable(inside, place, key, problems);
                matcher.appendReplacement(text, Matcher.quoteReplacement(value == null ? "" : value));
            }
        }
        matcher.appendTail(text);
        return problems.size() > before
                ? null
                : new Word(text.toString(), secret ? written : text.toString(), place, base, home);
    }

    private @Nullable String fromVariable(String inside, String place, String key, List<Problem> problems) {
        Matcher matcher = VARIABLE.matcher(inside);
        if (!matcher.matches()) {
            problems.add(
                    new Problem(place, key, "${" + inside + "}", "${VARIABLE}, ${VARIABLE:-default} or ${file:/path}"));
            return null;
        }
        String name = matcher.group(1);
        String standard = matcher.group(2);
        String value = env.getOrDefault(name, "");
        if (!value.isEmpty() || standard != null) {
            return value.isEmpty() ? standard : value;
        }
        problems.add(new Problem(
                place,
                key,
                "${" + inside + "}",
                "the environment variable " + name + " to be set, or a default as in ${" + name + ":-…}",
                Nearest.to(name, env.keySet())));
        return null;
    }

    private @Nullable String fromFile(String path, String place, String key, List<Problem> problems) {
        List<Problem> ofFile = new ArrayList<>();
        String text = null;
        try {
            Path file = path.startsWith("~/") ? home.resolve(path.substring(2)) : base.resolve(path);
            text = TextFile.read(file, ofFile);
        } catch (InvalidPathException e) {
            ofFile.add(new Problem(place, key, path, "a path"));
        }
        for (Problem problem : ofFile) {
            problems.add(new Problem(
                    place,
                    key,
                    "${file:" + path + "}",
                    problem.expected() + (problem.found() == null ? "" : ", not " + problem.found())));
        }
        return text == null ? null : text.stripTrailing();
    }
}
