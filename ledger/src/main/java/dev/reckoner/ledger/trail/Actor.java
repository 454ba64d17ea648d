package dev.reckoner.ledger.trail;

/**
 * Who changed something, and from where. As text it is {@code who from where}, which is how doors to changes take it.
 *
 * @param from an address, "" for this machine's own files
 */
public record Actor(String who, String from) {
    private static final String FROM = " from ";

    /** Reads what {@link #toString} wrote; a text that says no place is who alone. */
    public static Actor parse(String text) {
        int at = text.lastIndexOf(FROM);
        return at < 0 ? new Actor(text, "") : new Actor(text.substring(0, at), text.substring(at + FROM.length()));
    }

    @Override
    public String toString() {
        return from.isEmpty() ? who : who + FROM + from;
    }
}
