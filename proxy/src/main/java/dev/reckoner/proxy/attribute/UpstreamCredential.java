package dev.reckoner.proxy.attribute;

import dev.reckoner.ledger.KeyRef;
import org.jspecify.annotations.Nullable;

/**
 * A credential of ours for the upstream, with the header field that carries it.
 *
 * @param key what the books keep of it
 * @param field name of the header field
 * @param value of the header field, the credential itself in it
 * @param workspace the workspace that is asked for with it, null where the credential decides
 */
public record UpstreamCredential(
        String name,
        KeyRef key,
        String field,
        String value,
        @Nullable String workspace) {

    /** Never the value. */
    @Override
    public String toString() {
        return name + " (" + key.shown() + ")";
    }
}
