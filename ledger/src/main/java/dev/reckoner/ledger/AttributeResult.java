package dev.reckoner.ledger;

import java.math.BigDecimal;
import java.util.List;

/**
 * What attributing has changed, or would.
 *
 * @param entries how many were looked at
 * @param changed how many have somebody now that had nobody
 * @param booked whether the corrections are booked
 * @param assigned the same by who they are attributed to, in the order of their names
 */
public record AttributeResult(long entries, long changed, boolean booked, List<Assigned> assigned) {

    public AttributeResult {
        assigned = List.copyOf(assigned);
    }

    /**
     * What changed to one user, team and project; "" where nobody is stated.
     *
     * @param amount what these entries cost, USD, exact
     */
    public record Assigned(String user, String team, String project, long exchanges, BigDecimal amount) {}
}
