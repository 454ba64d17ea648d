package dev.reckoner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The facts of an exchange at its one terminal event, before rating.
 *
 * @param opening the opening with the attribution and the request as finally known
 * @param firstByteAt when the first response byte was passed on, null where none was
 * @param status status sent to the client, 0 where none was
 * @param outcomeDetail a few words on the outcome: the exception's own text without anything private
 * @param requestId the vendor's request-id, kept and indexed, never a key
 * @param bytesIn request body bytes passed upstream
 * @param bytesOut response body bytes passed to the client
 * @param rateLimits what the response's head says about the vendor's rate limits, as compact JSON with sorted names; null
 *     where it says nothing
 */
public record Closing(
        Opening opening,
        Instant endedAt,
        @Nullable Instant firstByteAt,
        int status,
        Outcome outcome,
        @Nullable String outcomeDetail,
        @Nullable String requestId,
        @Nullable String organizationId,
        @Nullable String workspaceId,
        long bytesIn,
        long bytesOut,
        Reading reading,
        @Nullable String rateLimits) {

    /** The same of somebody else. */
    public Closing by(Attribution attribution) {
        Opening attributed = new Opening(
                opening.id(),
                opening.startedAt(),
                opening.route(),
                opening.method(),
                opening.path(),
                attribution,
                opening.asked(),
                opening.item());
        return new Closing(
                attributed,
                endedAt,
                firstByteAt,
                status,
                outcome,
                outcomeDetail,
                requestId,
                organizationId,
                workspaceId,
                bytesIn,
                bytesOut,
                reading,
                rateLimits);
    }

    /** The same with another reading. */
    public Closing with(Reading other) {
        return new Closing(
                opening,
                endedAt,
                firstByteAt,
                status,
                outcome,
                outcomeDetail,
                requestId,
                organizationId,
                workspaceId,
                bytesIn,
                bytesOut,
                other,
                rateLimits);
    }
}
