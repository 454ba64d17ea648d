package dev.reckoner.reconcile.statement;

import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.Reconciliation.CauseSum;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** The answer in one line: matched or not, how much, why. */
public final class Headline {

    private static final int CAUSES_MAX = 3;

    private Headline() {}

    /** The line. */
    public static String of(Reconciliation reconciliation) {
        BigDecimal difference = reconciliation.result().difference();
        if (reconciliation.matched()) {
            String exactly = difference.signum() == 0 ? "exactly" : "within the tolerance";
            return "Matched " + exactly + ": billed "
                    + usd(reconciliation.result().billed()) + ", ledger "
                    + usd(reconciliation.result().ledger());
        }
        String direction = difference.signum() < 0 ? "less" : "more";
        String apart = difference.signum() == 0
                ? "the totals agree and single days don't"
                : usd(difference.abs()) + " " + direction + " billed than in the ledger";
        return "Not matched: " + apart + ": " + why(reconciliation.causes());
    }

    private static String why(List<CauseSum> causes) {
        String first = causes.stream()
                .limit(CAUSES_MAX)
                .map(sum -> sum.cause().word() + " " + signed(sum.amount()))
                .collect(Collectors.joining(", "));
        return causes.size() > CAUSES_MAX ? first + " and " + (causes.size() - CAUSES_MAX) + " more" : first;
    }

    /** An exact amount in USD. */
    public static String usd(BigDecimal amount) {
        return amount.signum() < 0
                ? "-$" + ReconciliationJson.plain(amount.negate())
                : "$" + ReconciliationJson.plain(amount);
    }

    /** An exact difference in USD, with its sign. */
    public static String signed(BigDecimal amount) {
        return amount.signum() > 0 ? "+" + usd(amount) : usd(amount);
    }
}
