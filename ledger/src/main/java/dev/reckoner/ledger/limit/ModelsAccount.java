package dev.reckoner.ledger.limit;

import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which models may be asked for; a request whose model can't be read asks for none of them. */
final class ModelsAccount extends Account {

    ModelsAccount(Limit limit, Subject subject) {
        super(limit, subject);
    }

    @Override
    @Nullable
    Shortage shortage(Wanted wanted, Instant now) {
        boolean allowed = ((Cap.Models) limit().rule().cap()).ids().stream().anyMatch(wanted.models()::contains);
        return allowed ? null : new Shortage(this, null, BigDecimal.ZERO, BigDecimal.ONE);
    }

    @Override
    Hold hold(Wanted wanted, Instant now) {
        return new Hold(this, BigDecimal.ZERO, 0, now);
    }

    @Override
    void settle(Hold hold, Used used, Instant now) {
        // nothing is counted
    }

    @Override
    void release(Hold hold, Instant now) {
        // nothing is counted
    }

    @Override
    Standing standing(Instant now) {
        return new Standing(limit(), subject(), null, null, null, null, null, null);
    }

    @Override
    boolean idle(Instant now) {
        return true;
    }
}
