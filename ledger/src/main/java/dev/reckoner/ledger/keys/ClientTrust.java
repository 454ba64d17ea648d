package dev.reckoner.ledger.keys;

/** What the client of a virtual key may say about who it is, wherever it connects from. */
public enum ClientTrust {
    /** Nothing. */
    NONE,
    /** Sessions and tags. */
    SESSIONS,
    /** Sessions, tags and its own users, as an app does that serves many. */
    USERS
}
