package dev.reckoner.ledger.limit;

import dev.reckoner.ledger.ExchangeId;

/**
 * Decides whether an exchange may go upstream, and reserves what it may cost until its entry is made. Any thread; never
 * blocks.
 *
 * <p>An exchange that was admitted is settled by its entry, of itself. One that will get no entry is released.
 */
public interface Admission {

    /** Admits everything: where no limit is set. */
    Admission OPEN = new OpenAdmission();

    /** Whether there is any limit at all; without one nothing needs to be asked. */
    boolean any();

    /** Admits an exchange and reserves what it may cost and take, or refuses it and reserves nothing. */
    Verdict admit(ExchangeId id, Ask ask);

    /** Gives back what an exchange reserved, where it gets no entry. Does nothing where nothing is reserved. */
    void release(ExchangeId id);
}
