package dev.reckoner.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a limit says: for whom, and how much of what. Written as one line such as {@code user=* 50/day Europe/Berlin}, in
 * settings, on the command line and in the books.
 */
public record LimitRule(Subject subject, Cap cap) {

    /** What a line has to be, as a phrase that follows "expected". */
    public static final String EXPECTED =
            "a limit: \"user=* 50/day Europe/Berlin\", \"team=search 400000 itpm\" or \"all 8 concurrent\"";

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Reads a line; empty where it isn't one. A name may have spaces in it: the first space that fits parts the two. */
    public static Optional<LimitRule> parse(String line) {
        String text = line.strip();
        Matcher space = SPACE.matcher(text);
        while (space.find()) {
            Optional<Cap> cap = Cap.parse(text.substring(space.end()));
            Optional<Subject> subject = Subject.parse(text.substring(0, space.start()));
            if (cap.isPresent() && subject.isPresent()) {
                return Optional.of(new LimitRule(subject.get(), cap.get()));
            }
        }
        return Optional.empty();
    }

    /** Whether both limit the same thing for the same subject, if not to the same value. */
    public boolean sameExceptValue(LimitRule other) {
        return subject.equals(other.subject) && cap.measure().equals(other.cap.measure());
    }

    /** The line. */
    @Override
    public String toString() {
        return subject + " " + cap;
    }

    /**
     * Whom a limit is for.
     *
     * @param value a user's, team's or project's name, a key's id or hint, a tag; {@link #EACH} for each of them by
     *     itself; empty for all
     */
    public record Subject(Kind kind, String value) {

        /** Each user, team, project, key or tag by itself. */
        public static final String EACH = "*";

        /** Everything that passes. */
        public static final Subject ALL = new Subject(Kind.ALL, "");

        private static final int VALUE_CHARS_MAX = 256;

        /** Reads {@code all} or {@code user=alice}; empty where it is neither. */
        public static Optional<Subject> parse(String text) {
            if (text.equals("all")) {
                return Optional.of(ALL);
            }
            int equals = text.indexOf('=');
            String value = text.substring(equals + 1).strip();
            boolean usable = !value.isEmpty()
                    && value.length() <= VALUE_CHARS_MAX
                    && value.chars().noneMatch(Character::isISOControl);
            if (equals < 0 || !usable) {
                return Optional.empty();
            }
            for (Kind kind : Kind.values()) {
                if (kind != Kind.ALL && kind.word().equals(text.substring(0, equals))) {
                    return Optional.of(new Subject(kind, value));
                }
            }
            return Optional.empty();
        }

        /** Whether it is for each of a kind by itself. */
        public boolean each() {
            return value.equals(EACH);
        }

        /** As it is written. */
        @Override
        public String toString() {
            return kind == Kind.ALL ? kind.word() : kind.word() + "=" + value;
        }

        /** What a limit can be for. */
        public enum Kind {
            ALL,
            USER,
            TEAM,
            PROJECT,
            KEY,
            TAG;

            /** As it is written. */
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
