package dev.reckoner.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitRuleTest {

    @ParameterizedTest
    @CsvSource({
        "user=* 50/day Europe/Berlin, user=* 50/day Europe/Berlin",
        "  all   $12.50/week ,  all 12.5/week",
        "all 1/month UTC, all 1/month",
        "user=Ada Lovelace 0.000001/day, user=Ada Lovelace 0.000001/day",
        "user=ada@example.com 1/day, user=ada@example.com 1/day",
        "tag=env=test 3 concurrent, tag=env=test 3 concurrent",
        "team=search 400000 itpm, team=search 400000 itpm",
        "project=2 1 1 rpm, project=2 1 1 rpm",
        "key=sk-ant-api03-R2D...igAA 80000 otpm, key=sk-ant-api03-R2D...igAA 80000 otpm",
        "all models claude-haiku-4-5  claude-sonnet-5, all models claude-haiku-4-5 claude-sonnet-5",
        "user=models 5 1/day, user=models 5 1/day",
    })
    void line_thatIsUnderstood_isWrittenTheSameWay(String line, String written) {
        LimitRule rule = LimitRule.parse(line).orElseThrow();
        assertEquals(written, rule.toString());
        assertEquals(Optional.of(rule), LimitRule.parse(rule.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "50/day",
                "all",
                "all 50",
                "all -1/day",
                "all 50/year",
                "all 50/day Nowhere/Land",
                "all 1.0000001/day",
                "all 0 rpm",
                "all 99999999999 itpm",
                "all 1.5 concurrent",
                "all models",
                "all models not,an,id",
                "everyone 50/day",
                "session=1 50/day",
                "user= 50/day",
                "user 50/day",
            })
    void line_thatIsNone_isNotUnderstood(String line) {
        assertEquals(Optional.empty(), LimitRule.parse(line));
    }

    @ParameterizedTest
    @CsvSource({
        "all 1/day, all 2/day, true",
        "all 1/day, all 1/week, false",
        "all 1/day, all 1/day Europe/Berlin, false",
        "all 1/day, user=a 1/day, false",
        "user=a 1 rpm, user=a 1 itpm, false",
        "user=a models a, user=a models b c, true",
    })
    void rules_thatLimitTheSame_areTold(String one, String other, boolean same) {
        assertEquals(
                same,
                LimitRule.parse(one)
                        .orElseThrow()
                        .sameExceptValue(LimitRule.parse(other).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user=*", "key=*"})
    void subject_withAStar_isForEach(String subject) {
        assertTrue(LimitRule.Subject.parse(subject).orElseThrow().each());
        assertFalse(LimitRule.Subject.ALL.each());
    }
}
