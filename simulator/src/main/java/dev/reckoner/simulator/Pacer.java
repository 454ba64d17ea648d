package dev.reckoner.simulator;

import java.time.Duration;

/** Decides when the next piece of a body leaves; a test that holds the continuation back holds the stream. */
@FunctionalInterface
public interface Pacer {

    /**
     * Called before every piece of a body, on an event loop; must return at once.
     *
     * @param length the pause that the pacing asks for, possibly zero
     * @param next sends the next piece; may be run once, on any thread
     */
    void pause(Duration length, Runnable next);
}
