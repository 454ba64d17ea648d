package dev.reckoner.proxy.accept;

/** What a shutdown tells each connection, as a user event. */
public enum Drain {
    /** No further request: close when idle, otherwise after the exchange in flight. */
    BEGIN,
    /** The drain time has passed: end what is in flight. */
    END
}
