package dev.reckoner.ledger.keys;

import dev.reckoner.ledger.KeyHasher;
import java.security.SecureRandom;

/** Makes secrets and ids of keys. Safe on any thread. */
public final class Secrets {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** 214 bits, of which the hint shows 47: what it leaves is above 160. */
    private static final int SECRET_CHARS = 36;

    private static final int ID_CHARS = 20;
    private static final int HINT_CHARS = 4;

    private final KeyHasher hasher;
    private final SecureRandom random = new SecureRandom();

    /** Secrets that are kept as hashes of this ledger's own. */
    public Secrets(KeyHasher hasher) {
        this.hasher = hasher;
    }

    /** A new key, such as clients send it. */
    public String secret() {
        return VirtualKeys.PREFIX + text(SECRET_CHARS);
    }

    /** A new id. */
    public String id() {
        return "key_" + text(ID_CHARS);
    }

    /** What is kept of a secret. */
    public VirtualKey.Secret kept(String secret) {
        String head = secret.substring(0, VirtualKeys.PREFIX.length() + HINT_CHARS);
        String tail = secret.substring(secret.length() - HINT_CHARS);
        return new VirtualKey.Secret(hasher.reference(secret).hash(), head + "..." + tail);
    }

    private String text(int chars) {
        StringBuilder text = new StringBuilder(chars);
        for (int i = 0; i < chars; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
