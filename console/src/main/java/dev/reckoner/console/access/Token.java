package dev.reckoner.console.access;

/**
 * A token that lets whoever shows it in.
 *
 * @param name whom it was given to, as the audit trail says it
 */
public record Token(String name, Role role, Secret secret) {

    /** A token with that text. */
    public static Token of(String name, Role role, String text) {
        return new Token(name, role, Secret.of(text));
    }
}
