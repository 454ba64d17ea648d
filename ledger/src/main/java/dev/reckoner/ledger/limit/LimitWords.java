package dev.reckoner.ledger.limit;

import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.ledger.limit.Account.Shortage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Limits in words, for whoever is refused or warned. */
final class LimitWords {
    private static final int CENTS = 2;
    private static final int BELOW_CENTS = 4;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm VV", Locale.ROOT);
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

    private LimitWords() {}

    /** Whose a limit is and how much it allows, such as {@code user ada: $50.00 per day}. */
    static String of(Account account) {
        return subject(account.subject()) + ": " + cap(account.limit().rule().cap());
    }

    /** What a client is told that was refused. */
    static String refusal(Shortage shortage, Instant now) {
        Account account = shortage.account();
        Cap cap = account.limit().rule().cap();
        String named = of(account) + " (" + account.limit().id() + ")";
        if (cap instanceof Cap.Budget budget) {
            Window window = Window.of(budget, shortage.retryAfter() == null ? now : now.plus(shortage.retryAfter()));
            return "spend limit reached: " + named + "; " + usd(shortage.left())
                    + " are left, and this request may cost up to " + usd(shortage.wanted()) + "; resets "
                    + time(window.start(), budget.zone());
        }
        if (cap instanceof Cap.Models) {
            return "the model asked for is not allowed: " + named;
        }
        return (cap instanceof Cap.Concurrent ? "too many exchanges at once: " : "rate limit reached: ") + named;
    }

    static String subject(Subject subject) {
        if (subject.kind() == Subject.Kind.ALL) {
            return "all";
        }
        String value = subject.value().isEmpty() ? "(none)" : subject.value();
        return subject.kind().word() + " " + (subject.each() ? "(others)" : value);
    }

    private static String cap(Cap cap) {
        if (cap instanceof Cap.Budget budget) {
            return usd(budget.usd()) + " per " + budget.period().word();
        }
        if (cap instanceof Cap.PerMinute rate) {
            String what = switch (rate.flow()) {
                case ITPM -> "input tokens";
                case OTPM -> "output tokens";
                case RPM -> "requests";
            };
            return count(rate.most()) + " " + what + " per minute";
        }
        if (cap instanceof Cap.Concurrent concurrent) {
            return count(concurrent.most()) + " exchanges at once";
        }
        return "models " + String.join(", ", ((Cap.Models) cap).ids());
    }

    /** Cents where they say it all, else rounded half-even to hundredths of a cent. */
    private static String usd(BigDecimal amount) {
        int places = amount.stripTrailingZeros().scale() <= CENTS ? CENTS : BELOW_CENTS;
        return "$" + amount.setScale(places, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String time(Instant at, ZoneId zone) {
        boolean utc = zone.normalized().equals(ZoneOffset.UTC);
        return (utc ? UTC : TIME).format(at.atZone(zone));
    }
}
