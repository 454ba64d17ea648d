package dev.reckoner.simulator.admin;

/** Why the bill differs on purpose from what a ledger of published prices can know. */
public enum Planted {
    /** A key used past the proxy. */
    BYPASSED,
    /** Workbench traffic, which has no key (api-facts §6). */
    CONSOLE,
    /** A price that is not the published one. */
    RATE,
    /** A share of every amount. */
    DISCOUNT,
    /** Container time of code execution, which no response shows. */
    CONTAINER,
    /** Running time of agent sessions. */
    SESSION_TIME,
    /** Usage without charge. */
    NOT_BILLED,
    /** Receipts that the reports don't show yet. */
    LATE
}
