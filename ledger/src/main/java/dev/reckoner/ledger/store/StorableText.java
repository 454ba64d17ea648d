package dev.reckoner.ledger.store;

/**
 * Text in the form that both databases can hold: PostgreSQL's text knows no NUL and its driver no half of a surrogate
 * pair. Each such character becomes U+FFFD; all other text stays as it is. Without this a hostile header could stop
 * the applier.
 */
final class StorableText {
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return cleaned(text);
            }
        }
        return text;
    }

    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean storable = point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
            clean.appendCodePoint(storable ? point : REPLACEMENT);
        });
        return clean.toString();
    }
}
