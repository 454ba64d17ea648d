package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BatchItemTest {

    /** Written down: an id that changed with a version would book what is booked already once more. */
    @Test
    void id_ofBothIds_isTheSameForever() {
        assertEquals(
                "3c62c088-6674-8d6a-9a3b-78832ec18384",
                new BatchItem("msgbatch_01HkcTjaV5uDC8jWR4ZsDV8d", "my-first-request")
                        .id()
                        .toString());
    }

    @Test
    void id_isAUuidOfVersion8() {
        ExchangeId id = new BatchItem("msgbatch_1", "a").id();
        assertEquals(8, id.value().version());
        assertEquals(2, id.value().variant());
    }

    @Test
    void ids_ofDifferentItems_differ_howeverTheirPartsRunTogether() {
        assertNotEquals(new BatchItem("ab", "c").id(), new BatchItem("a", "bc").id());
        assertNotEquals(new BatchItem("ab", "").id(), new BatchItem("", "ab").id());
        assertNotEquals(BatchItem.batch("ab"), new BatchItem("ab", "").id());
        Set<ExchangeId> ids = new HashSet<>();
        for (int batch = 0; batch < 100; batch++) {
            for (int item = 0; item < 100; item++) {
                ids.add(new BatchItem("msgbatch_" + batch, "item-" + item).id());
            }
        }
        assertEquals(10_000, ids.size());
    }
}
