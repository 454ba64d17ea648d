package dev.reckoner.reconcile.match;

import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Facts;
import dev.reckoner.reconcile.LedgerLine.Kind;
import dev.reckoner.reconcile.Stated;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Explains, key by key, why the vendor counts more or fewer tokens in a cell than the ledger. */
final class Quantities {

    private static final String BATCH = "batch";

    private final Facts facts;
    private final boolean otherInstant;

    Quantities(Facts facts, boolean otherInstant) {
        this.facts = facts;
        this.otherInstant = otherInstant;
    }

    /**
     * A difference in tokens.
     *
     * @param key the key it is on, empty without one
     * @param ledger what of the ledger's count it is about
     * @param difference billed minus ledger
     */
    record Gap(String key, long ledger, long difference, Cause cause, String evidence) {

        /** The same with other evidence. */
        Gap because(String other) {
            return new Gap(key, ledger, difference, cause, other);
        }

        private Gap and(String more) {
            return new Gap(key, ledger, difference, cause, evidence + "; " + more);
        }
    }

    /** The differences of a cell; their sum is the cell's. */
    List<Gap> of(CellFacts cell) {
        List<Gap> gaps = new ArrayList<>();
        for (String key : cell.keys()) {
            long open = cell.used(key) - cell.counted(key);
            if (open != 0) {
                explain(cell, key, open, gaps);
            }
        }
        gaps.replaceAll(gap -> withRequests(cell, gap));
        return gaps;
    }

    /** Says how many requests each side counts; those without a key are stated for all accounts together. */
    private Gap withRequests(CellFacts cell, Gap gap) {
        boolean keyless = CellFacts.keyless(gap.key);
        Stated.Requests requests = facts.stated().requests(cell.cell, keyless ? null : gap.key);
        return requests == null || (keyless && cell.keyless().size() > 1) ? gap : gap.and(requests.toString());
    }

    private void explain(CellFacts cell, String key, long open, List<Gap> gaps) {
        if (CellFacts.keyless(key) && cell.counted(key) == 0) {
            cell.keyless()
                    .forEach((account, tokens) ->
                            gaps.add(new Gap(key, 0, tokens, Cause.BYPASSED, withoutKey(List.of(account)))));
            return;
        }
        if (!CellFacts.keyless(key) && !facts.keysSeen().contains(key)) {
            gaps.add(new Gap(key, 0, open, Cause.BYPASSED, "the ledger never saw key " + key));
            return;
        }
        long left = open;
        long moved = otherInstant ? cell.moved(key) : 0;
        if (moved != 0) {
            gaps.add(new Gap(
                    key,
                    Math.max(0, -moved),
                    moved,
                    Cause.BOUNDARY,
                    "exchanges across midnight, which the bill counts by their other instant"));
            left -= moved;
        }
        long waived = cell.counted(key, Kind.WAIVED);
        if (waived > 0 && left == waived) {
            gaps.add(new Gap(key, 0, waived, Cause.NOT_BILLED, "reported, and not billed: refusals before output"));
            return;
        }
        if (left != 0) {
            gaps.add(leftover(cell, key, left));
        }
    }

    private Gap leftover(CellFacts cell, String key, long left) {
        if (!cell.cell.day().isBefore(facts.lateFrom())) {
            return new Gap(key, cell.counted(key), left, Cause.LATE, "the bucket is younger than the vendor's lag");
        }
        String workspace = cell.cell.workspaceId() == null ? "" : cell.cell.workspaceId();
        if (BATCH.equals(cell.cell.serviceTier())
                && left > 0
                && facts.unfetched().contains(workspace)) {
            return new Gap(key, 0, left, Cause.BATCH_UNCOLLECTED, "a batch has ended whose results nobody has fetched");
        }
        long interrupted = cell.counted(key, Kind.INTERRUPTED);
        if (interrupted > 0) {
            return new Gap(
                    key,
                    interrupted,
                    left,
                    Cause.INTERRUPTED,
                    "the ledger knows " + interrupted + " as cut by a crash");
        }
        long estimated = cell.counted(key, Kind.ESTIMATED);
        if (estimated > 0) {
            return new Gap(key, estimated, left, Cause.ESTIMATE, "the ledger has estimated " + estimated);
        }
        if (left > 0 && facts.lost().contains(new Facts.Lost(cell.cell.day(), key))) {
            return new Gap(
                    key, 0, left, Cause.INTERRUPTED, "an exchange was in flight at a crash; its usage is unknown");
        }
        if (left < 0) {
            return new Gap(key, -left, left, Cause.UNKNOWN, "the ledger counts more than is billed");
        }
        String evidence = CellFacts.keyless(key)
                ? withoutKey(List.copyOf(cell.keyless().keySet())) + ", beyond what passed through the proxy"
                : "the key is billed for more than passed through the proxy";
        return new Gap(key, 0, left, Cause.BYPASSED, evidence);
    }

    private static String withoutKey(List<String> accounts) {
        String people = accounts.stream().filter(account -> !account.isEmpty()).collect(Collectors.joining(", "));
        return people.isEmpty()
                ? "billed without a key: the vendor's Console, or a login"
                : "billed without a key, by " + people;
    }
}
