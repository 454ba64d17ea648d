package dev.reckoner.app.reconcile;

import dev.reckoner.reconcile.vendor.ClaudeCodeRow.Work;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who used Claude Code, as the vendor's analytics see it and as the ledger does.
 *
 * @param name an e-mail address, or the name of a key
 * @param tokens tokens as the vendor counts them, of Claude Code alone
 * @param estimate USD as the vendor estimates it
 * @param booked what the ledger has of the same, null where nothing of it is the same
 */
record Coder(
        String name,
        Work work,
        long tokens,
        BigDecimal estimate,
        @Nullable Booked booked) {

    /**
     * What the ledger has booked, of Claude Code or not.
     *
     * @param by what is the same on both sides
     */
    record Booked(Match by, long tokens, BigDecimal amount) {}

    /** What somebody is the same by on both sides. */
    enum Match {
        EMAIL("e-mail"),
        KEY_NAME("key's name"),
        KEY("key");

        private final String words;

        Match(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
