package dev.reckoner.proxy.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.proxy.tap.JsonShape.Take;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSkimmerTest {

    private static final int NAME = 0;
    private static final int INNER = 1;
    private static final int RAW = 2;
    private static final int LIST = 3;
    private static final int DEEP = 4;
    private static final JsonShape SHAPE = new JsonShape(5)
            .want(NAME, Take.TEXT, "name")
            .want(INNER, Take.TEXT, "outer", "inner")
            .want(RAW, Take.RAW, "outer", "raw")
            .want(LIST, Take.EMPTINESS, "list")
            .want(DEEP, Take.TEXT, "outer", "more", "deep");

    private final JsonSkimmer json = new JsonSkimmer(SHAPE, 40);

    @Test
    void wanted_atEveryDepth_isTaken() {
        skim("{\"x\":{\"name\":\"no\"},\"outer\":{\"inner\":\"i\",\"more\":{\"deep\":\"d\",\"x\":[{}]},"
                + "\"raw\":{\"a\":[1, 2]}},\"name\":\"n\",\"list\":[]}");
        assertEquals("n", json.text(NAME));
        assertEquals("i", json.text(INNER));
        assertEquals("d", json.text(DEEP));
        assertEquals("{\"a\":[1, 2]}", raw(RAW));
        assertEquals(true, json.empty(LIST));
        assertTrue(json.whole());
    }

    @Test
    void keys_onlyLookAlike_areNotTaken() {
        skim(
                "{\"nam\":\"a\",\"name2\":\"b\",\"Name\":\"c\",\"inner\":\"d\",\"na\\u006de\\u0000\":\"e\",\"n\\ame\":\"f\","
                        + "\"na\\u00XXme\":\"g\",\"\":\"h\",\"" + "n".repeat(500) + "\":\"i\"}");
        assertNull(json.text(NAME));
        assertNull(json.text(INNER));
        assertTrue(json.whole());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]|true", "[ \t ]|true", "[0]|false", "[[]]|false", "[\"]\"]|false", "{}|", "null|", "\"[]\"|"})
    void list_emptiness_isNoted(String list, @Nullable Boolean empty) {
        for (int piece : new int[] {1, 1000}) {
            skim("{\"list\":" + list + ",\"name\":\"after\"}", piece);
            assertEquals(empty, json.empty(LIST));
            assertEquals("after", json.text(NAME));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"12", "-1.5e3", "true", "null", "\"a\\\"b\"", "[1,[2]]", "{\"}\":\"]\"}", "\"\""})
    void raw_valueOfAnyKind_isTakenAsItStands(String value) {
        for (String behind : new String[] {"}}", ",\"x\":1}}", " }\n}"}) {
            skim("{\"outer\":{\"raw\": " + value + behind);
            assertEquals(value, raw(RAW));
            assertTrue(json.whole());
        }
    }

    @Test
    void raw_beyondItsLimit_isDroppedAndRemembered() {
        skim("{\"outer\":{\"raw\":\"" + "x".repeat(38) + "\"},\"name\":\"n\"}");
        assertEquals(40, raw(RAW).length());
        skim("{\"outer\":{\"raw\":\"" + "x".repeat(39) + "\"},\"name\":\"n\"}");
        assertNull(json.raw(RAW));
        assertTrue(json.over(RAW));
        assertEquals("n", json.text(NAME));
    }

    @Test
    void duplicate_ofAnOuterObject_forgetsWhatTheEarlierHeld() {
        skim("{\"outer\":{\"inner\":\"a\",\"raw\":1},\"outer\":{\"raw\":2}}");
        assertNull(json.text(INNER));
        assertEquals("2", raw(RAW));
        skim("{\"outer\":{\"inner\":\"a\"},\"outer\":null,\"list\":[],\"list\":7}");
        assertNull(json.text(INNER));
        assertNull(json.empty(LIST));
    }

    @Test
    void value_thatIsNotComplete_isNotTold() {
        json.reset();
        pass("{\"name\":\"half", 100);
        assertNull(json.text(NAME));
        pass(" and half\"", 100);
        assertEquals("half and half", json.text(NAME));
        assertFalse(json.whole());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "1",
                "\"{}\"",
                "{",
                "{\"name\"",
                "{\"name\":",
                "{\"name\":}",
                "{\"name\" \"n\"}",
                "{\"name\":\"n\"",
                "{\"name\":\"n\" \"list\":[]}",
                "{\"name\":\"n\",}",
                "{name:1}",
                "{,}",
                "{]",
                "{}{}",
                "{} x",
                "\u00ef{}"
            })
    void document_broken_isNotWholeAndNeverThrows(String document) {
        skim(document);
        assertFalse(json.whole());
        skim(document, 1);
        assertFalse(json.whole());
    }

    @Test
    void document_afterAByteOrderMark_isRead() {
        byte[] marked = Codings.join(
                new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
                "{\"name\":\"n\"}\r\n".getBytes(StandardCharsets.UTF_8));
        json.reset();
        json.bytes(marked, 0, marked.length);
        assertEquals("n", json.text(NAME));
        assertTrue(json.whole());
    }

    @Test
    void nesting_ofAMillion_isPassedOver() {
        skim("{\"x\":" + "[{\"name\":".repeat(500_000) + "1" + "}]".repeat(500_000) + ",\"name\":\"n\"}");
        assertEquals("n", json.text(NAME));
        assertTrue(json.whole());
    }

    @Test
    void reset_everything_isForgotten() {
        skim("{\"name\":\"n\",\"list\":[],\"outer\":{\"raw\":1}}");
        json.reset();
        assertNull(json.text(NAME));
        assertNull(json.raw(RAW));
        assertNull(json.empty(LIST));
        assertFalse(json.whole());
    }

    private void skim(String document) {
        skim(document, Integer.MAX_VALUE);
    }

    private void skim(String document, int piece) {
        json.reset();
        pass(document, piece);
    }

    private void pass(String text, int piece) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(piece, bytes.length - at);
            json.bytes(bytes, at, length);
            at += length;
        }
    }

    private String raw(int number) {
        Captured value = json.raw(number);
        return value == null ? "" : new String(value.bytes(), 0, value.length(), StandardCharsets.UTF_8);
    }
}
