package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Outcome;
import java.util.Set;

/** What was paid for answers that nobody read, or that failed. */
final class PaidForNothing {
    private static final Set<Outcome> CLIENT_GONE =
            Set.of(Outcome.FAILED_DOWNSTREAM_ABORTED, Outcome.FAILED_DOWNSTREAM_TIMEOUT);

    private final Draft unread = new Draft(Kind.UNREAD);
    private final Draft failed = new Draft(Kind.FAILED);

    void add(ExchangeFact fact) {
        if (fact.outcome().ok() || fact.amount().signum() <= 0) {
            return;
        }
        Draft draft = CLIENT_GONE.contains(fact.outcome()) ? unread : failed;
        draft.exchange(fact.outcome().name(), fact.amount(), fact.group());
    }

    Draft unread() {
        return unread;
    }

    Draft failed() {
        return failed;
    }
}
