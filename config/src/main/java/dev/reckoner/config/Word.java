package dev.reckoner.config;

import java.nio.file.Path;

/**
 * One value as the operator said it, not yet understood.
 *
 * @param text what was said, references filled in
 * @param shown what messages may repeat: the text, or the reference where the text came from a secret's file
 * @param place file:line:column, environment variable, "command line" or "default"
 * @param base the directory that relative paths start from
 * @param home what {@code ~} stands for
 */
record Word(String text, String shown, String place, Path base, Path home) {

    /** Never the text: it may be a secret. */
    @Override
    public String toString() {
        return place + ": " + shown;
    }
}
