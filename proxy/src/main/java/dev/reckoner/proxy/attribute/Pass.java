package dev.reckoner.proxy.attribute;

import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.keys.VirtualKey;
import dev.reckoner.proxy.wire.HttpFault;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request's credential opens.
 *
 * @param key what the exchange is served with, or, where it is refused, what it came with
 * @param virtualKey ours that it came with, whether it holds or not; null where it came with none that is known
 * @param credential what goes upstream in the place of the client's, null where the client's own passes
 * @param refusal the answer for the client, null where the request may go on
 */
public record Pass(
        KeyRef key,
        @Nullable VirtualKey virtualKey,
        @Nullable UpstreamCredential credential,
        @Nullable HttpFault refusal) {

    /** Exact ids of the models that may be asked for; empty for all. */
    public List<String> models() {
        return virtualKey == null ? List.of() : virtualKey.models();
    }

    /** The client's own credential, untouched. */
    static Pass through(KeyRef key) {
        return new Pass(key, null, null, null);
    }

    static Pass with(VirtualKey virtualKey, UpstreamCredential credential) {
        return new Pass(credential.key(), virtualKey, credential, null);
    }

    static Pass refused(KeyRef key, @Nullable VirtualKey virtualKey, HttpFault refusal) {
        return new Pass(key, virtualKey, null, refusal);
    }
}
