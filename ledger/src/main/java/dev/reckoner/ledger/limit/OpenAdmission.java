package dev.reckoner.ledger.limit;

import dev.reckoner.ledger.ExchangeId;
import java.util.List;

/** Where no limit is set. */
final class OpenAdmission implements Admission {

    private static final Verdict ADMITTED = new Verdict.Admitted(List.of());

    @Override
    public boolean any() {
        return false;
    }

    @Override
    public Verdict admit(ExchangeId id, Ask ask) {
        return ADMITTED;
    }

    @Override
    public void release(ExchangeId id) {
        // nothing is ever reserved
    }
}
