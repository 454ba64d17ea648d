package dev.reckoner.console.access;

/**
 * Who asks.
 *
 * @param name the name of the token that was shown, {@link #LOOPBACK} where none is needed
 * @param from the address that the question came from
 * @param csrf what a change asked by this caller's browser has to carry (see {@link Access#CSRF_FIELD})
 */
public record Caller(String name, Role role, String from, String csrf) {

    /** Whoever can reach a console that only this machine can reach. */
    public static final String LOOPBACK = "loopback";

    /** Without what is secret. */
    @Override
    public String toString() {
        return name + " (" + role.word() + ") from " + from;
    }
}
