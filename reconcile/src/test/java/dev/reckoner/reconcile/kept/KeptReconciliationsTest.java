package dev.reckoner.reconcile.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Document;
import dev.reckoner.reconcile.Coverage;
import dev.reckoner.reconcile.Coverage.Bypass;
import dev.reckoner.reconcile.Matched;
import dev.reckoner.reconcile.MemoryArchive;
import dev.reckoner.reconcile.Passed;
import dev.reckoner.reconcile.Reconciliation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which bypassing keys are news. */
final class KeptReconciliationsTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-02");

    private final MemoryArchive archive = new MemoryArchive();

    private static Reconciliation reconciliation(String id, @Nullable String... bypassing) {
        Passed whole = new Passed(null, null, 3, 4, BigDecimal.ONE, BigDecimal.TEN);
        List<Bypass> keys = new ArrayList<>();
        for (String key : bypassing) {
            keys.add(new Bypass(key, null, 1, BigDecimal.ONE, DAY, /* news= */ false));
        }
        Coverage coverage = new Coverage(whole, List.of(), List.of(), List.of(), List.of(), keys);
        return new Reconciliation(
                id,
                DAY,
                DAY,
                Instant.parse("2026-11-21T10:00:00Z"),
                BigDecimal.ZERO,
                new Matched(BigDecimal.ONE, BigDecimal.TEN, List.of(), coverage, false),
                List.of(),
                List.of(),
                "abc");
    }

    private static List<Boolean> news(Reconciliation reconciliation) {
        return reconciliation.result().coverage().bypassing().stream()
                .map(Bypass::news)
                .toList();
    }

    private KeptReconciliations kept() {
        return new KeptReconciliations(archive);
    }

    @Test
    void reconciliationsOfOneRun_shareTheirNews() {
        KeptReconciliations run = kept();

        assertEquals(List.of(true), news(run.keep(reconciliation("rec_1", "apikey_1"))));
        assertEquals(List.of(true, true), news(run.keep(reconciliation("rec_2", "apikey_1", "apikey_2"))));
        assertEquals(2, archive.list(KeptReconciliations.BYPASS, 10).size());
        assertEquals(List.of(false), news(kept().keep(reconciliation("rec_3", "apikey_1"))));
    }

    @Test
    void keyThatBypasses_isNewsOnce_alsoTrafficWithoutAKey() {
        assertEquals(List.of(true, true), news(kept().keep(reconciliation("rec_1", "apikey_1", null))));
        assertEquals(
                List.of(false, true, false), news(kept().keep(reconciliation("rec_2", "apikey_1", "apikey_2", null))));
        assertEquals(List.of(), news(kept().keep(reconciliation("rec_3"))));
    }

    @Test
    void keptJson_saysWhatWasNewsThen() {
        kept().keep(reconciliation("rec_1", "apikey_1"));
        kept().keep(reconciliation("rec_2", "apikey_1"));

        Document first = archive.find(KeptReconciliations.KIND, "rec_1").orElseThrow();
        assertTrue(first.body().contains("\"new\":true"), first.body());
        Document second = archive.find(KeptReconciliations.KIND, "rec_2").orElseThrow();
        assertTrue(second.body().contains("\"new\":false"), second.body());
    }
}
