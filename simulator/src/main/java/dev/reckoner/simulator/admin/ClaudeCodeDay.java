package dev.reckoner.simulator.admin;

import dev.reckoner.simulator.Counts;
import java.time.Instant;
import java.util.Map;

/**
 * What Claude Code reported of one actor on one UTC day.
 *
 * @param at its last session; the report shows it an hour later (api-facts §4.4)
 * @param actor an e-mail address, or the name of a key
 * @param added lines of code
 * @param removed lines of code
 * @param counts by model
 */
public record ClaudeCodeDay(
        Instant at, String actor, int sessions, int added, int removed, int commits, Map<String, Counts> counts) {

    /** Sessions that changed nothing. */
    public ClaudeCodeDay(Instant at, String actor, int sessions, Map<String, Counts> counts) {
        this(at, actor, sessions, 0, 0, 0, counts);
    }

    public ClaudeCodeDay {
        counts = Map.copyOf(counts);
    }

    boolean ofUser() {
        return actor.contains("@");
    }
}
