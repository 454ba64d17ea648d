package dev.reckoner.proxy.tap;

/** Takes a raw JSON array apart into its objects; whatever else stands in it is passed over. */
final class JsonElements {

    private JsonElements() {}

    /** Takes one element, lent for the call. */
    interface Taker {
        void take(byte[] bytes, int from, int length);
    }

    static void each(byte[] array, int length, Taker taker) {
        int depth = 0;
        int start = 0;
        int at = 0;
        while (at < length) {
            switch (array[at]) {
                case '"' -> at = behindString(array, at + 1, length) - 1;
                case '{', '[' -> {
                    depth++;
                    start = depth == 2 ? at : start;
                }
                case '}', ']' -> {
                    depth--;
                    if (depth == 1 && array[start] == '{') {
                        taker.take(array, start, at + 1 - start);
                    }
                }
                default -> {}
            }
            at++;
        }
    }

    private static int behindString(byte[] bytes, int from, int end) {
        int at = Scan.findQuoteOrBackslash(bytes, from, end);
        while (at < end && bytes[at] == '\\') {
            at = Scan.findQuoteOrBackslash(bytes, Math.min(end, at + 2), end);
        }
        return Math.min(end, at + 1);
    }
}
