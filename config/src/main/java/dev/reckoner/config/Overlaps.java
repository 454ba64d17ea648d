package dev.reckoner.config;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Finds rows of one file that say two things about the same time. */
final class Overlaps<T extends Dated> {
    private final Function<T, String> origin;
    private final String expected;
    private final List<Problem> problems;

    /**
     * Makes one.
     *
     * @param expected what a row's time should be, as a phrase that follows "expected"
     * @param problems where problems go
     */
    Overlaps(Function<T, String> origin, String expected, List<Problem> problems) {
        this.origin = origin;
        this.expected = expected;
        this.problems = problems;
    }

    /** Adds a problem for each row that meets an earlier one about the same thing. */
    void check(List<T> rows, BiPredicate<T, T> sameThing) {
        for (int later = 1; later < rows.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                T row = rows.get(later);
                T before = rows.get(earlier);
                if (sameThing.test(before, row) && before.meets(row)) {
                    problems.add(new Problem(
                            origin.apply(row),
                            RateColumn.EFFECTIVE_FROM_UTC.header(),
                            String.valueOf(row.from()),
                            expected + "; it overlaps " + origin.apply(before)));
                    break;
                }
            }
        }
    }
}
