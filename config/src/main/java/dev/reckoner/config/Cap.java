package dev.reckoner.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much a limit allows, and of what. Written as {@code 50/day Europe/Berlin}, {@code 400000 itpm} and the like. */
public sealed interface Cap {

    /** What is limited, without how much: two caps of the same measure on the same subject are one limit. */
    String measure();

    /** Reads one; empty where it isn't one. */
    static Optional<Cap> parse(String text) {
        return Budget.parse(text)
                .<Cap>map(budget -> budget)
                .or(() -> PerMinute.parse(text))
                .or(() -> Concurrent.parse(text))
                .or(() -> Models.parse(text));
    }

    /**
     * Money in a calendar period.
     *
     * @param usd USD, at most six decimals, not negative; without zeros behind them
     * @param zone whose midnight begins a day, a week (on Monday) or a month
     */
    record Budget(BigDecimal usd, Period period, ZoneId zone) implements Cap {

        private static final Pattern TEXT =
                Pattern.compile("[$]?([0-9]{1,12}(?:[.][0-9]{1,6})?)/(day|week|month)(?:\\s+(\\S+))?");

        public Budget {
            BigDecimal stripped = usd.stripTrailingZeros();
            usd = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        }

        static Optional<Budget> parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            try {
                ZoneId zone = matcher.group(3) == null
                        ? ZoneOffset.UTC
                        : ZoneId.of(matcher.group(3)).normalized();
                Period period = Period.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
                return Optional.of(new Budget(new BigDecimal(matcher.group(1)), period, zone));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        @Override
        public String measure() {
            return "usd/" + period.word() + inZone();
        }

        @Override
        public String toString() {
            return usd.toPlainString() + "/" + period.word() + inZone();
        }

        private String inZone() {
            return zone.equals(ZoneOffset.UTC) ? "" : " " + zone;
        }
    }

    /** A calendar period. */
    enum Period {
        DAY,
        WEEK,
        MONTH;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Tokens or requests per minute. */
    record PerMinute(Flow flow, long most) implements Cap {

        private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,9})\\s+(itpm|otpm|rpm)");

        static Optional<PerMinute> parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            return matcher.matches()
                    ? Optional.of(new PerMinute(
                            Flow.valueOf(matcher.group(2).toUpperCase(Locale.ROOT)), Long.parseLong(matcher.group(1))))
                    : Optional.empty();
        }

        @Override
        public String measure() {
            return flow.word();
        }

        @Override
        public String toString() {
            return most + " " + flow.word();
        }
    }

    /** What passes per minute, in the vendor's short names. */
    enum Flow {
        /** Input tokens that are not read from a cache. */
        ITPM,
        OTPM,
        RPM;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Exchanges at once. */
    record Concurrent(int most) implements Cap {

        static final String WORD = "concurrent";
        private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,6})\\s+" + WORD);

        static Optional<Concurrent> parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            return matcher.matches()
                    ? Optional.of(new Concurrent(Integer.parseInt(matcher.group(1))))
                    : Optional.empty();
        }

        @Override
        public String measure() {
            return WORD;
        }

        @Override
        public String toString() {
            return most + " " + WORD;
        }
    }

    /** The models that may be asked for, by exact ids or aliases. */
    record Models(List<String> ids) implements Cap {

        static final String WORD = "models";
        private static final int IDS_MAX = 100;

        public Models {
            ids = List.copyOf(ids);
        }

        static Optional<Models> parse(String text) {
            List<String> words = List.of(text.strip().split("\\s+", -1));
            List<String> ids = words.subList(1, words.size());
            boolean usable =
                    !ids.isEmpty() && ids.size() <= IDS_MAX && ids.stream().allMatch(RowFields::isId);
            return words.get(0).equals(WORD) && usable ? Optional.of(new Models(ids)) : Optional.empty();
        }

        @Override
        public String measure() {
            return WORD;
        }

        @Override
        public String toString() {
            return WORD + " " + String.join(" ", ids);
        }
    }
}
