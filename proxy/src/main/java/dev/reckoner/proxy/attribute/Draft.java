package dev.reckoner.proxy.attribute;

import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import org.jspecify.annotations.Nullable;

/** An attribution that still waits for what the body says. Holds no credential. Immutable, any thread. */
public final class Draft {

    private final Attribution known;

    /** Null where the body is not believed. */
    private final @Nullable Values values;

    Draft(Attribution known, @Nullable Values values) {
        this.known = known;
        this.values = values;
    }

    /**
     * The attribution of the exchange.
     *
     * @param metadataUserId the body's {@code metadata.user_id}, null where it has none or wasn't read
     */
    public Attribution finish(@Nullable String metadataUserId) {
        if (values == null || metadataUserId == null) {
            return known;
        }
        MetadataUser said = MetadataUser.of(metadataUserId);
        return new Attribution(
                or(known.user(), values.clean(said.user())),
                known.team(),
                known.project(),
                or(known.session(), values.clean(said.session())),
                known.tags(),
                known.key(),
                known.virtualKey());
    }

    private static @Nullable Part or(@Nullable Part earlier, @Nullable String fromBody) {
        return earlier == null && fromBody != null ? new Part(fromBody, Source.BODY) : earlier;
    }
}
