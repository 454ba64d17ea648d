package dev.reckoner.console.vendor;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule;
import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.config.LimitRule.Subject.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * A limit as the vendor's spend limits have it: an amount in whole cents per UTC day, week or month, for a user, or for
 * the organisation, which there means each user that has no limit of its own (api-facts §4.5). Other limits have no such
 * form.
 *
 * @param user the user, or {@link Subject#EACH}
 */
record SpendLimit(String user, BigDecimal usd, Cap.Period period) {
    static final String CURRENCY = "USD";
    private static final int CENTS = 2;

    /** The thousandths of a cent that the vendor gives a spend in. */
    private static final int SPEND_PLACES = 3;

    /** The form of a limit; empty where it has none. */
    static Optional<SpendLimit> of(LimitRule rule) {
        boolean user = rule.subject().kind() == Kind.USER;
        if (!user
                || !(rule.cap() instanceof Cap.Budget budget)
                || !budget.zone().equals(ZoneOffset.UTC)) {
            return Optional.empty();
        }
        boolean wholeCents = budget.usd().stripTrailingZeros().scale() <= CENTS;
        return wholeCents
                ? Optional.of(new SpendLimit(rule.subject().value(), budget.usd(), budget.period()))
                : Optional.empty();
    }

    LimitRule rule() {
        return new LimitRule(new Subject(Kind.USER, user), new Cap.Budget(usd, period, ZoneOffset.UTC));
    }

    boolean ofOrganization() {
        return user.equals(Subject.EACH);
    }

    /** The vendor's word for a period. */
    static String word(Cap.Period period) {
        return switch (period) {
            case DAY -> "daily";
            case WEEK -> "weekly";
            case MONTH -> "monthly";
        };
    }

    static Optional<Cap.Period> period(String word) {
        for (Cap.Period period : Cap.Period.values()) {
            if (word(period).equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(period);
            }
        }
        return Optional.empty();
    }

    /** Whole cents, as limits are written. */
    static String cents(BigDecimal usd) {
        return usd.movePointRight(CENTS).setScale(0, RoundingMode.UNNECESSARY).toPlainString();
    }

    /** Cents with thousandths, as what was spent is written; rounded half-even. */
    static String spentCents(BigDecimal usd) {
        BigDecimal cents = usd.movePointRight(CENTS).setScale(SPEND_PLACES, RoundingMode.HALF_EVEN);
        return cents.signum() == 0 ? "0" : cents.stripTrailingZeros().toPlainString();
    }

    /** Writes whom it is for. */
    static void writeScope(JsonGenerator json, String field, String user) throws IOException {
        json.writeObjectFieldStart(field);
        if (user.equals(Subject.EACH)) {
            json.writeStringField("type", "organization");
        } else {
            json.writeStringField("type", "user");
            json.writeStringField("user_id", user);
        }
        json.writeEndObject();
    }

    /** Writes the fields that say what is limited. */
    void write(JsonGenerator json) throws IOException {
        writeScope(json, "scope", user);
        json.writeStringField("amount", cents(usd));
        json.writeStringField("currency", CURRENCY);
        json.writeStringField("period", word(period));
    }
}
