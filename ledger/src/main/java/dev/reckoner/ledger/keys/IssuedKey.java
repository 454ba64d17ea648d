package dev.reckoner.ledger.keys;

/**
 * A key with a secret that was just made.
 *
 * @param secret the key itself, shown once and kept nowhere
 */
public record IssuedKey(VirtualKey key, String secret) {}
