package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.TokenCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonColumnsTest {

    @Test
    void emptyLists_areNull_andBack() {
        assertNull(JsonColumns.ofTexts(List.of()));
        assertNull(JsonColumns.ofIterations(List.of()));
        assertEquals(List.of(), JsonColumns.texts(null));
        assertEquals(List.of(), JsonColumns.iterations(null));
    }

    @Test
    void texts_thereAndBack_areTheSame() {
        List<String> texts = List.of("", "a", "\"\\/\b\f\n\r\t", "{\"x\":[1,2]}", "é€😀\u2028", "]");
        assertEquals(texts, JsonColumns.texts(JsonColumns.ofTexts(texts)));
    }

    @Test
    void iterations_useTheVendorsNames_andLeaveOutWhatWasNotStated() {
        Iteration iteration =
                new Iteration("message", "claude-a", new TokenCounts(1L, 2L, null, Long.MAX_VALUE, null, 0L));
        assertEquals(
                "[{\"type\":\"message\",\"model\":\"claude-a\",\"input_tokens\":1,\"output_tokens\":2,"
                        + "\"cache_read_input_tokens\":9223372036854775807,\"ephemeral_1h_input_tokens\":0}]",
                JsonColumns.ofIterations(List.of(iteration)));
    }

    @Test
    void iterations_thereAndBack_areTheSame() {
        List<Iteration> iterations = List.of(
                new Iteration("message", null, TokenCounts.NONE),
                new Iteration("", "m", new TokenCounts(-1L, 2L, 3L, 4L, 5L, Long.MIN_VALUE)));
        assertEquals(iterations, JsonColumns.iterations(JsonColumns.ofIterations(iterations)));
    }

    @Test
    void fieldsOfALaterVersion_arePassedOver() {
        assertEquals(
                List.of(new Iteration("new", null, TokenCounts.NONE)),
                JsonColumns.iterations("[{\"other\":{\"a\":[1]},\"type\":\"new\",\"more\":true}]"));
    }
}
