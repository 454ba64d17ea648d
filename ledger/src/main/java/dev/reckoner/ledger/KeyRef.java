package dev.reckoner.ledger;

/**
 * The credential an exchange came with, in the only form that is kept.
 *
 * @param hash HMAC-SHA256 under the ledger's own secret, first 128 bits, lower-case hex; "none" without a credential
 * @param hint the vendor's partial_key_hint form (first 16 characters … last 4; api-facts §4.5), or "" when too short
 */
public record KeyRef(String hash, String hint, Kind kind) {

    /** The reference of an exchange that came without a credential. */
    public static final KeyRef NONE = new KeyRef("none", "", Kind.NONE);

    /** What a key is called in reports: its hint as in the vendor's console, else its hash; empty without a credential. */
    public String shown() {
        if (!hint.isEmpty()) {
            return hint;
        }
        return hash.equals(NONE.hash) ? "" : hash;
    }

    /** What a credential is, by its prefix (api-facts §2.2). */
    public enum Kind {
        API_KEY,
        ADMIN_KEY,
        OAUTH,
        OTHER,
        NONE
    }
}
