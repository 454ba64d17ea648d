package dev.reckoner.config;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a token for the console is and what it is good for; the token itself is not in it. Written as one line such as
 * {@code grafana role=reader file=~/keys/grafana}.
 *
 * @param name whom it is given to, as the audit trail says it
 * @param admin whether changes may be made with it
 * @param variable the environment variable that holds it, null where a file does
 * @param file the file that holds it and nothing else, null where a variable does
 */
public record TokenRule(
        String name,
        boolean admin,
        @Nullable String variable,
        @Nullable Path file) {

    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,63})\\s+role=(reader|admin)\\s+"
            + "(?:env=([A-Za-z_][A-Za-z0-9_]*)|file=(\\S+))");

    /** The kind of setting. */
    static Kind<TokenRule> kind() {
        return new Kind<>() {
            @Override
            public @Nullable TokenRule parse(Word word) {
                Matcher line = LINE.matcher(word.text().strip());
                if (!line.matches()) {
                    return null;
                }
                String file = line.group(4);
                Path path = file == null
                        ? null
                        : Kinds.path().parse(new Word(file, file, word.place(), word.base(), word.home()));
                boolean admin = line.group(2).equals("admin");
                return file != null && path == null ? null : new TokenRule(line.group(1), admin, line.group(3), path);
            }

            @Override
            public String expected() {
                return "a name, role=reader or role=admin, and env=VARIABLE or file=PATH";
            }
        };
    }
}
