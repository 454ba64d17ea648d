package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Top;
import dev.reckoner.ledger.store.Nanos;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of at most so many groups, in which nothing is lost. */
final class GroupFoldTest {
    private static final Instant DAY = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant NEXT = DAY.plus(Duration.ofDays(1));

    private static List<ReportRow> fold(Bucket bucket, @Nullable Top top) {
        GroupFold fold = new GroupFold(
                new ReportQuery(DAY, NEXT.plus(Duration.ofDays(1)), bucket, List.of(Dimension.USER), Map.of(), top));
        for (Instant start : List.of(NEXT, DAY)) {
            add(fold, start, "ada", 100, "1.25");
            add(fold, start, "bob", 900, "0.5");
            add(fold, start, "cyd", 10, start.equals(DAY) ? "9" : "0.125");
        }
        add(fold, NEXT, "dan", 1, "0");
        return fold.rows();
    }

    private static void add(GroupFold fold, Instant start, String user, long tokens, String usd) {
        fold.add(start, List.of(user), sums -> {
            sums.exchange(true, false, false, Nanos.of(start.plusSeconds(tokens)));
            sums.line(TokenType.OUTPUT, tokens, new BigDecimal(usd), Nanos.of(start));
        });
    }

    @Test
    void groupsBeyond_areAddedUpPerBucket_behindThoseOfTheBucket() {
        List<ReportRow> rows = fold(Bucket.DAY, new Top(2, Top.Order.COST));
        assertEquals(
                List.of(List.of("cyd"), List.of(), List.of("cyd"), List.of()),
                rows.stream().map(ReportRow::group).toList());
        assertEquals(List.of(0, 3, 0, 3), rows.stream().map(ReportRow::others).toList());
        ReportRow rest = rows.get(3);
        assertEquals(NEXT, rest.start());
        assertEquals(3, rest.sums().exchanges());
        assertEquals(1_001, rest.sums().quantity(TokenType.OUTPUT));
        assertEquals(0, new BigDecimal("1.75").compareTo(rest.sums().amount()));
        assertEquals(NEXT, rest.first());
        assertEquals(NEXT.plusSeconds(900), rest.last());
    }

    @Test
    void largest_mayBeThoseWithTheMostTokens_overTheWholeTime() {
        List<ReportRow> rows = fold(Bucket.ALL, new Top(3, Top.Order.TOKENS));
        assertEquals(
                List.of(List.of("ada"), List.of("bob"), List.of()),
                rows.stream().map(ReportRow::group).toList());
        assertEquals(2, rows.get(2).others());
        assertEquals(0, new BigDecimal("9.125").compareTo(rows.get(2).sums().amount()));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 1_000})
    void asManyAsThereAre_areAllShown(int most) {
        assertEquals(fold(Bucket.DAY, null), fold(Bucket.DAY, new Top(most, Top.Order.COST)));
    }

    @Test
    void one_isTheWhole() {
        List<ReportRow> rows = fold(Bucket.ALL, new Top(1, Top.Order.COST));
        assertEquals(1, rows.size());
        assertEquals(4, rows.get(0).others());
        assertEquals(7, rows.get(0).sums().exchanges());
    }
}
