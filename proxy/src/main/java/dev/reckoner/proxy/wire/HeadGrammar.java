package dev.reckoner.proxy.wire;

/**
 * What the lines of a head may hold, checked on the raw bytes before any parser interprets them (RFC 9110 §5, RFC 9112
 * §5): names are tokens with the colon at once, values have no control character, and no line continues another.
 * Stateless, any thread.
 */
public final class HeadGrammar {

    private static final boolean[] TOKEN = tokenBytes();

    private HeadGrammar() {}

    /** Whether this byte may stand in a token, such as a method or a field name. */
    public static boolean isToken(byte b) {
        return b > 0 && TOKEN[b];
    }

    /**
     * Checks the field lines from {@code index} to the blank line. Every line feed is known to follow a CR.
     *
     * @throws HttpFault where a line is not a valid field line
     */
    public static void checkFields(byte[] head, int index) {
        int i = index;
        while (head[i] != '\r') {
            i = endOfValue(head, endOfName(head, i));
        }
        if (i + 2 != head.length) {
            throw HttpFault.malformed("A header field holds a bare carriage return.");
        }
    }

    private static int endOfName(byte[] head, int start) {
        if (head[start] == ' ' || head[start] == '\t') {
            throw HttpFault.malformed("A header field is folded over two lines; each must stand on one line.");
        }
        int i = start;
        while (isToken(head[i])) {
            i++;
        }
        if (i == start || head[i] != ':') {
            throw HttpFault.malformed("A header field name is empty or holds a character that no name may hold.");
        }
        return i + 1;
    }

    private static int endOfValue(byte[] head, int start) {
        int i = start;
        while (isValue(head[i])) {
            i++;
        }
        if (head[i] != '\r' || head[i + 1] != '\n') {
            throw HttpFault.malformed("A header field value holds a control character.");
        }
        return i + 2;
    }

    private static boolean isValue(byte b) {
        return (b >= ' ' && b != 0x7f) || b < 0 || b == '\t';
    }

    private static boolean[] tokenBytes() {
        boolean[] token = new boolean[128];
        for (char c = '0'; c <= '9'; c++) {
            token[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            token[c] = true;
            token[c - 'a' + 'A'] = true;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            token[c] = true;
        }
        return token;
    }
}
