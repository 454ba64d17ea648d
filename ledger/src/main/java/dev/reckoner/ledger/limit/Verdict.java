package dev.reckoner.ledger.limit;

import java.util.List;

/** Whether an exchange may go upstream. */
public sealed interface Verdict {

    /**
     * It may.
     *
     * @param warnings limits that are nearly used up, the nearest first
     */
    record Admitted(List<Warning> warnings) implements Verdict {
        public Admitted {
            warnings = List.copyOf(warnings);
        }
    }

    /** It may not. */
    record Refused(Refusal refusal) implements Verdict {}
}
