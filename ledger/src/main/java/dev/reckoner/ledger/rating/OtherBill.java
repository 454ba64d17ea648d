package dev.reckoner.ledger.rating;

import dev.reckoner.ledger.Closing;

/**
 * The rule for requests that go on another organisation's bill: {@code billing_policy.bill_to} of the request says so,
 * and nothing in the response (api-facts §1.5).
 */
final class OtherBill {
    static final String REASON = "billed_to_user_profile";
    static final String UNKNOWN = "unknown_bill_to";

    private static final String OWN = "self";
    private static final String USER_PROFILE = "user_profile";

    private OtherBill() {}

    /** Whether the organisation of a user profile pays. */
    static boolean pays(Closing closing) {
        return USER_PROFILE.equals(closing.opening().asked().billTo());
    }

    /** A value that isn't known keeps the charge pending. */
    static void check(Closing closing, Findings findings) {
        String billTo = closing.opening().asked().billTo();
        if (billTo != null && !billTo.equals(OWN) && !billTo.equals(USER_PROFILE)) {
            findings.pending(UNKNOWN, billTo);
        }
    }
}
