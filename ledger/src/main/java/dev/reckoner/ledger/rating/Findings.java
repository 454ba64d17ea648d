package dev.reckoner.ledger.rating;

import dev.reckoner.ledger.RatingStatus;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules found on one charge, gathered while it is rated: what keeps it pending, what makes it ambiguous, why
 * lines were waived, and what was assumed. The gravest kind decides the status; its findings become the reason.
 */
final class Findings {
    private static final int VALUE_CHARS_MAX = 80;

    private final Set<String> pending = new LinkedHashSet<>();
    private final Set<String> ambiguous = new LinkedHashSet<>();
    private final Set<String> waived = new LinkedHashSet<>();
    private final Set<String> remarks = new LinkedHashSet<>();

    void pending(String reason) {
        pending.add(reason);
    }

    void pending(String reason, String value) {
        pending.add(withValue(reason, value));
    }

    void ambiguous(String reason) {
        ambiguous.add(reason);
    }

    void waived(String reason) {
        waived.add(reason);
    }

    void remark(String reason) {
        remarks.add(reason);
    }

    void addAll(Findings other) {
        pending.addAll(other.pending);
        ambiguous.addAll(other.ambiguous);
        waived.addAll(other.waived);
        remarks.addAll(other.remarks);
    }

    /**
     * The status that follows.
     *
     * @param anythingBilled whether a line is left that the vendor bills
     */
    RatingStatus status(boolean anythingBilled) {
        if (!anythingBilled && !waived.isEmpty()) {
            return RatingStatus.NOT_BILLED;
        }
        if (!pending.isEmpty()) {
            return RatingStatus.PENDING;
        }
        return ambiguous.isEmpty() ? RatingStatus.RATED : RatingStatus.AMBIGUOUS;
    }

    @Nullable
    String reason(RatingStatus status) {
        Set<String> reasons = switch (status) {
            case PENDING -> pending;
            case AMBIGUOUS -> ambiguous;
            case NOT_BILLED -> waived;
            case RATED -> remarks;
        };
        return reasons.isEmpty() ? null : String.join("; ", reasons);
    }

    /** A reason that names a value from the network: cut short and without control characters. */
    static String withValue(String reason, String value) {
        StringBuilder text = new StringBuilder(reason).append(": ");
        value.codePoints()
                .limit(VALUE_CHARS_MAX)
                .map(character -> Character.isISOControl(character) ? '?' : character)
                .forEach(text::appendCodePoint);
        return text.toString();
    }
}
