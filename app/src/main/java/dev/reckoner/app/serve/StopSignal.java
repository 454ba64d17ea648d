package dev.reckoner.app.serve;

/** Waits for the process to be asked to stop (SIGTERM, SIGINT). */
@FunctionalInterface
public interface StopSignal {

    /**
     * Waits.
     *
     * @param closing run once when the signal comes, before the process ends
     */
    void await(Runnable closing);
}
