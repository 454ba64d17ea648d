package dev.reckoner.simulator.admin;

/** What the right Admin key may do. */
public enum Access {
    GRANTED,
    /** The key was taken back. */
    REVOKED,
    /** The account is a person's own, which has no Admin API. */
    INDIVIDUAL_ACCOUNT
}
