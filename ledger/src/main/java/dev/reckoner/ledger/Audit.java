package dev.reckoner.ledger;

import java.util.List;

/**
 * The result of auditing the books.
 *
 * @param entries those that were corrected among them
 * @param findings what is wrong, empty where the books are in order
 */
public record Audit(long entries, long lines, long rollups, long openings, long corrections, List<String> findings) {

    public Audit {
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found. */
    public boolean clean() {
        return findings.isEmpty();
    }
}
