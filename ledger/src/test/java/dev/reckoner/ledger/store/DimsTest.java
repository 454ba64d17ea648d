package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class DimsTest {

    @Test
    void id_staysTheSameForEver() {
        assertEquals(
                UUID.fromString("7b136311-dc5c-b9c1-ce4c-75307e3347f4"),
                dims("alice", "", "claude-opus-5").id());
    }

    @Test
    void id_countsAVirtualKeyOnlyWhereThereIsOne() {
        Dims without = dims("alice", "", "claude-opus-5");
        Dims with = new Dims("alice", "", "", "", "", "", "", "", "claude-opus-5", "", "", "", "", "key_1");

        assertNotEquals(without.id(), with.id());
    }

    @Test
    void id_tellsWhereOnePartEnds() {
        assertNotEquals(dims("ab", "c", "").id(), dims("a", "bc", "").id());
        assertNotEquals(dims("a", "", "").id(), dims("", "a", "").id());
    }

    @Test
    void ids_ofRandomEntries_areOnePerTuple() {
        Map<UUID, Dims> byId = new HashMap<>();
        for (var entry : new RandomEntries(new Random(3)).entries(500)) {
            Dims dims = Dims.of(entry);
            assertEquals(dims, byId.computeIfAbsent(dims.id(), none -> dims));
        }
    }

    @Test
    void tags_areReadBack() {
        assertEquals(List.of(""), TagList.tagsOrNone(""));
        String column = String.valueOf(JsonColumns.ofTexts(List.of("a=\"1\"", "b,c", "é😀")));
        assertEquals(List.of("a=\"1\"", "b,c", "é😀"), TagList.tagsOrNone(column));
    }

    private static Dims dims(String user, String team, String model) {
        return new Dims(user, team, "", "", "", "", "", "", model, "", "", "", "", "");
    }
}
