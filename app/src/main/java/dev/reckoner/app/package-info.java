/**
 * The program: its main method, and the one place that puts the parts together. Open {@link dev.reckoner.app.Main}
 * first, then {@link dev.reckoner.app.command.CommandTree} for what it accepts.
 */
@NullMarked
package dev.reckoner.app;

import org.jspecify.annotations.NullMarked;
