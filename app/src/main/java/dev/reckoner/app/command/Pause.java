package dev.reckoner.app.command;

import java.time.Duration;

/** Waits between two looks at the books. */
@FunctionalInterface
interface Pause {

    /** Waits; false where there is no point in another look. */
    boolean pause(Duration duration);
}
