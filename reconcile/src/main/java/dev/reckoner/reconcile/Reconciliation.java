package dev.reckoner.reconcile;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The result of reconciling some days: what was compared, what differs and why.
 *
 * @param id its own name, by the time it was made
 * @param from first day, UTC
 * @param to last day, inclusive
 * @param tolerance USD; the differences of all cells together, without their signs, that still count as matched
 * @param notes what was concluded or could not be had, each a sentence
 * @param restated days of the bill that were changed after they had been pulled
 * @param inputsSha256 hash over everything it was decided from, in hexadecimal
 */
public record Reconciliation(
        String id,
        LocalDate from,
        LocalDate to,
        Instant madeAt,
        BigDecimal tolerance,
        Matched result,
        List<String> notes,
        List<Restated> restated,
        String inputsSha256) {

    public Reconciliation {
        notes = List.copyOf(notes);
        restated = List.copyOf(restated);
    }

    /** The same with another coverage. */
    public Reconciliation with(Coverage coverage) {
        return new Reconciliation(
                id, from, to, madeAt, tolerance, result.with(coverage), notes, restated, inputsSha256);
    }

    /** The same with more notes. */
    public Reconciliation with(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new Reconciliation(id, from, to, madeAt, tolerance, result, all, restated, inputsSha256);
    }

    /** Whether bill and ledger agree, within the tolerance. */
    public boolean matched() {
        BigDecimal apart = result.variances().stream()
                .map(variance -> variance.difference().abs())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return apart.compareTo(tolerance) <= 0;
    }

    /** The causes with their sums, the largest difference first. */
    public List<CauseSum> causes() {
        Map<Cause, CauseSum> sums = new EnumMap<>(Cause.class);
        for (Variance variance : result.variances()) {
            sums.merge(variance.cause(), new CauseSum(variance.cause(), variance.difference(), 1), CauseSum::plus);
        }
        List<CauseSum> causes = new ArrayList<>(sums.values());
        causes.sort(Comparator.comparing((CauseSum sum) -> sum.amount().abs())
                .reversed()
                .thenComparing(CauseSum::cause));
        return causes;
    }

    /** What one cause explains: billed minus ledger in USD, over so many variances. */
    public record CauseSum(Cause cause, BigDecimal amount, int count) {

        private CauseSum plus(CauseSum other) {
            return new CauseSum(cause, amount.add(other.amount), count + other.count);
        }
    }
}
