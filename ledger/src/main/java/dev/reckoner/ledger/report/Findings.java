package dev.reckoner.ledger.report;

import java.util.ArrayList;
import java.util.List;

/** What an audit found, the first of it in words and the rest as a number. */
final class Findings {
    static final int WORDED_MAX = 1_000;

    private final List<String> worded = new ArrayList<>();
    private long more;

    void add(String finding) {
        if (worded.size() < WORDED_MAX) {
            worded.add(finding);
        } else {
            more++;
        }
    }

    List<String> list() {
        if (more == 0) {
            return List.copyOf(worded);
        }
        List<String> all = new ArrayList<>(worded);
        all.add("and " + more + " more");
        return all;
    }
}
