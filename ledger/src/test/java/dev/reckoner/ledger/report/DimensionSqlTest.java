package dev.reckoner.ledger.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.reckoner.ledger.Dimension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DimensionSqlTest {
    private static final String HOSTILE = "x') or 1=1; drop table entries; --";

    @ParameterizedTest
    @EnumSource(Dimension.class)
    void values_neverBecomeSql(Dimension dimension) {
        DimensionSql.Filter filter = DimensionSql.filter(Map.of(dimension, List.of(HOSTILE, "b")));

        assertFalse(filter.condition().contains("drop"), filter.condition());
        assertEquals(
                filter.condition().chars().filter(c -> c == '?').count(),
                filter.parameters().size());
        assertEquals(List.of(HOSTILE, "b"), filter.parameters().subList(0, 2));
    }

    @Test
    void noFilter_letsEverythingPass() {
        DimensionSql.Filter filter = DimensionSql.filter(Map.of());
        assertEquals("1 = 1", filter.condition());
        assertEquals(List.of(), filter.parameters());
    }

    @Test
    void noValue_letsNothingPass() {
        assertEquals(
                "1 = 0", DimensionSql.filter(Map.of(Dimension.USER, List.of())).condition());
    }

    @Test
    void parameters_standInTheOrderOfTheConditions() {
        DimensionSql.Filter filter =
                DimensionSql.filter(Map.of(Dimension.MODEL, List.of("m"), Dimension.USER, List.of("u")));
        assertEquals("d.user_name in (?) and d.model in (?)", filter.condition());
        assertEquals(List.of("u", "m"), filter.parameters());
    }
}
