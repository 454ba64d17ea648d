package dev.reckoner.ledger;

/** What reports can be grouped and filtered by. */
public enum Dimension {
    USER,
    TEAM,
    PROJECT,
    SESSION,
    TAG,
    KEY,
    VIRTUAL_KEY,
    MODEL,
    WORKSPACE,
    SERVICE_TIER,
    SPEED,
    INFERENCE_GEO,
    CONTEXT_WINDOW
}
