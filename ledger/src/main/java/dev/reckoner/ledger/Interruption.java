package dev.reckoner.ledger;

import dev.reckoner.ledger.journal.Frame;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Closes an exchange that was in flight when the process died, with what the journal knew of it.
 *
 * <p>It ends at the last instant at which anything is known of it: its last note, or else its start. When the process
 * died, or was started again, says nothing about when the vendor counted the tokens. Where the last note already had
 * the final usage the charge is exact; else the rater estimates or leaves it pending, as for any response whose end was
 * not seen.
 */
final class Interruption {
    private static final String UNKNOWN = "in flight when the process ended; nothing is known of a response";
    private static final String NOTED = "in flight when the process ended; closed with what was last noted";

    private Interruption() {}

    /** The closing of an exchange by its last frame; null where that is its entry. */
    static @Nullable Closing closing(Frame last) {
        if (last instanceof Frame.Opened opened) {
            return unknown(opened.opening());
        }
        return last instanceof Frame.Noted noted ? noted(noted.soFar()) : null;
    }

    private static Closing unknown(Opening opening) {
        Instant lastKnown = opening.startedAt();
        Outcome outcome = Outcome.FAILED_LOCAL_INTERRUPTED;
        return new Closing(
                opening, lastKnown, null, 0, outcome, UNKNOWN, null, null, null, 0, 0, Reading.NOTHING, null);
    }

    private static Closing noted(Closing soFar) {
        return new Closing(
                soFar.opening(),
                soFar.endedAt(),
                soFar.firstByteAt(),
                soFar.status(),
                Outcome.FAILED_LOCAL_INTERRUPTED,
                NOTED,
                soFar.requestId(),
                soFar.organizationId(),
                soFar.workspaceId(),
                soFar.bytesIn(),
                soFar.bytesOut(),
                soFar.reading(),
                soFar.rateLimits());
    }
}
