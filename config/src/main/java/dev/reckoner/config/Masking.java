package dev.reckoner.config;

import java.util.regex.Pattern;

/** Takes credentials out of what a message or a listing repeats (P9). */
final class Masking {

    /** What stands for a secret as a whole. */
    static final String HIDDEN = "***";

    private static final Pattern KEY = Pattern.compile("\\b((?:sk|rk)-)[A-Za-z0-9_-]{4,}");
    private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

    private Masking() {}

    /** The text with the secret part of keys and of URLs replaced. */
    static String masked(String text) {
        return USER_INFO.matcher(KEY.matcher(text).replaceAll("$1***")).replaceAll("//***@");
    }
}
