package dev.reckoner.ledger.alert;

/** Where alerts are raised. Never blocks, never throws; safe on any thread, event loops included. */
@FunctionalInterface
public interface Alerts {

    /** Takes no notice. */
    Alerts NONE = alert -> {};

    /** Raises an alert; one that says what another of its kind has just said about the same is counted with it. */
    void raise(Alert alert);
}
