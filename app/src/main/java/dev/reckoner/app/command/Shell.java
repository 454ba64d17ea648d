package dev.reckoner.app.command;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;

/**
 * What a command stands in: where it writes, the environment, the time.
 *
 * @param colours whether escape sequences may be written to {@code out}
 * @param columns width that output has to fit
 */
public record Shell(
        PrintWriter out, PrintWriter err, Map<String, String> env, Clock clock, boolean colours, int columns) {}
