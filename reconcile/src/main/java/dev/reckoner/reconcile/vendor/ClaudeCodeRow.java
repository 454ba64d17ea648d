package dev.reckoner.reconcile.vendor;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What Claude Code did for one actor on one day from one kind of terminal (api-facts §4.4).
 *
 * @param actor an e-mail address, or the name of a key
 * @param person whether it is an e-mail address
 * @param tokens of every class, over all models
 * @param estimate USD as the vendor estimates it, in whole cents; it isn't billed
 */
public record ClaudeCodeRow(LocalDate day, String actor, boolean person, Work work, long tokens, BigDecimal estimate) {

    /** What was done. */
    public record Work(long sessions, long linesAdded, long linesRemoved, long commits, long pullRequests) {

        /** Both together. */
        public Work plus(Work more) {
            return new Work(
                    sessions + more.sessions,
                    linesAdded + more.linesAdded,
                    linesRemoved + more.linesRemoved,
                    commits + more.commits,
                    pullRequests + more.pullRequests);
        }
    }
}
