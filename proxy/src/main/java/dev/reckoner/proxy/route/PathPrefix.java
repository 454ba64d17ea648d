package dev.reckoner.proxy.route;

/** One attribution prefix at the start of a raw target: {@code /u/<user>}, {@code /t/<team>} or {@code /p/<project>}. */
final class PathPrefix {

    static final char NONE = 0;

    private static final int VALUE_START = 3;

    private PathPrefix() {}

    /** The letter of the prefix that the target begins with, {@link #NONE} without one. */
    static char kind(String target) {
        boolean shaped = target.length() >= VALUE_START && target.charAt(0) == '/' && target.charAt(2) == '/';
        char letter = shaped ? target.charAt(1) : NONE;
        return letter == 'u' || letter == 't' || letter == 'p' ? letter : NONE;
    }

    /** The decoded, trimmed value of the prefix that the target begins with. */
    static String value(String target) {
        String decoded = PercentCoding.decode(target.substring(VALUE_START, end(target)));
        if (decoded == null) {
            throw bad(target, "holds a value that is not percent-encoded UTF-8");
        }
        String value = decoded.strip();
        if (value.isEmpty()) {
            throw bad(target, "needs a value");
        }
        if (value.equals(".") || value.equals("..")) {
            throw bad(target, "holds a dot segment");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw bad(target, "holds a control character");
        }
        return value;
    }

    /** What follows the prefix, at least a slash. */
    static String rest(String target) {
        String rest = target.substring(end(target));
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static int end(String target) {
        int i = VALUE_START;
        while (i < target.length() && target.charAt(i) != '/' && target.charAt(i) != '?') {
            i++;
        }
        return i;
    }

    private static BadTargetException bad(String target, String what) {
        return new BadTargetException("The path prefix /" + kind(target) + "/ " + what + "; expected /" + kind(target)
                + "/<name>/ before the path.");
    }
}
