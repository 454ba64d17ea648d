package dev.reckoner.ledger;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One session of one user, as far as it lies in the days asked for. The same id under another user, team or project is
 * another session.
 *
 * @param user the empty string where not stated, as for team and project
 * @param first when its first exchange began
 * @param last when its last exchange ended
 * @param cost USD of all that is rated
 * @param apiDuration the sum of the times that its exchanges took, from the first byte in to the last byte out
 * @param wallDuration from {@code first} to {@code last}
 * @param models what it is made of, the dearest first
 */
public record SessionRow(
        String session,
        String user,
        String team,
        String project,
        Instant first,
        Instant last,
        BigDecimal cost,
        Sums sums,
        Duration apiDuration,
        Duration wallDuration,
        List<ModelPart> models) {

    public SessionRow {
        models = List.copyOf(models);
    }

    /** The part of one model. */
    public record ModelPart(String model, BigDecimal cost, Sums sums) {}
}
