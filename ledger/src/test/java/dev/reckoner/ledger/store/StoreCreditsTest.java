package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckoner.ledger.credit.CreditEvent;
import dev.reckoner.ledger.credit.CreditNote;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notes on credits are kept in the order in which they were recorded, exactly, over a restart. */
final class StoreCreditsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path directory;

    @Test
    void notes_areAllKept_inOrder() {
        CreditNote set = new CreditNote(
                CreditNote.Kind.SET, NOW.minusSeconds(5), new BigDecimal("500.000000000000000001"), null, "here");
        CreditNote rule = new CreditNote(
                CreditNote.Kind.AUTO_RELOAD,
                NOW.minusSeconds(9),
                new BigDecimal("50.000000000000000000"),
                new BigDecimal("200.000000000000000000"),
                "there");
        CreditNote off = new CreditNote(CreditNote.Kind.WARN, NOW, null, null, "here");
        try (Store store = Store.open(directory)) {
            StoreCredits credits = new StoreCredits(store, CLOCK);
            assertEquals(List.of(), credits.events());
            List.of(set, rule, off).forEach(credits::record);
        }
        try (Store store = Store.open(directory)) {
            assertEquals(
                    List.of(new CreditEvent(1, set, NOW), new CreditEvent(2, rule, NOW), new CreditEvent(3, off, NOW)),
                    new StoreCredits(store, CLOCK).events());
        }
    }
}
