package dev.reckoner.console.access;

import dev.reckoner.ledger.trail.Actor;

/**
 * Who asks.
 *
 * @param name the name of the token that was shown, {@link #LOOPBACK} where none is needed
 * @param from the address that the question came from
 * @param csrf what a change asked by this caller's browser has to carry (see {@link Access#CSRF_FIELD}), "" without a browser
 */
public record Caller(String name, Role role, String from, String csrf) {

    /** Whoever can reach a console that only this machine can reach. */
    public static final String LOOPBACK = "loopback";

    /** As the audit trail names this caller. */
    public Actor actor() {
        return new Actor(name, from);
    }

    /**
     * The same, where the caller says on whose behalf it asks.
     *
     * @param said what it says, which nobody has checked; "" for nothing
     */
    public Actor actor(String said) {
        return said.isBlank() ? actor() : new Actor(name + ": " + said, from);
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return name + " (" + role.word() + ") from " + from;
    }
}
