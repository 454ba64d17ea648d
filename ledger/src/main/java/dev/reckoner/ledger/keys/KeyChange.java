package dev.reckoner.ledger.keys;

import java.time.Instant;

/**
 * Something that was done to a key.
 *
 * @param keyId the key
 * @param what created, revoked, rotated
 * @param detail more on it, "" where there is nothing more
 * @param origin where it was asked for
 */
public record KeyChange(String keyId, Instant at, String what, String detail, String origin) {}
