package dev.reckoner.app.limits;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What is recommended for Claude Code per user: less the larger a team is, because fewer of its members work at the same
 * moment. Limits are for the team as a whole, so that a member may use what others leave.
 *
 * @param usersMost the largest team that it is for
 * @param users the sizes in words
 */
record Recommended(int usersMost, String users, Range tokens, Range requests) {

    private static final List<Recommended> ALL = List.of(
            of(5, "1–5", "200000", "300000", "5", "7"),
            of(20, "5–20", "100000", "150000", "2.5", "3.5"),
            of(50, "20–50", "50000", "75000", "1.25", "1.75"),
            of(100, "50–100", "25000", "35000", "0.62", "0.87"),
            of(500, "100–500", "15000", "20000", "0.37", "0.47"),
            of(Integer.MAX_VALUE, "over 500", "10000", "15000", "0.25", "0.35"));

    /** From the least to the most, per minute. */
    record Range(BigDecimal least, BigDecimal most) {

        Range times(int users) {
            BigDecimal factor = BigDecimal.valueOf(users);
            return new Range(least.multiply(factor), most.multiply(factor));
        }

        /** The most, as a limit can say it. */
        long limit() {
            return most.setScale(0, RoundingMode.CEILING).longValueExact();
        }
    }

    static List<Recommended> all() {
        return ALL;
    }

    static Recommended forTeam(int users) {
        return ALL.stream().filter(row -> users <= row.usersMost()).findFirst().orElseThrow();
    }

    private static Recommended of(
            int most, String users, String tokens, String tokensMost, String rpm, String rpmMost) {
        return new Recommended(
                most,
                users,
                new Range(new BigDecimal(tokens), new BigDecimal(tokensMost)),
                new Range(new BigDecimal(rpm), new BigDecimal(rpmMost)));
    }
}
