package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings.BookingInstant;
import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Journal;
import dev.reckoner.ledger.journal.Position;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BatchRegistryTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final BatchState.Counts ALL_DONE = new BatchState.Counts(0, 2, 1, 0, 0);
    private static final BatchState OPEN = new BatchState(
            "in_progress", NOW.minusSeconds(60), null, NOW.plusSeconds(86_400), new BatchState.Counts(3, 0, 0, 0, 0));
    private static final BatchState ENDED = new BatchState("ended", null, NOW, null, ALL_DONE);

    @TempDir
    private Path temporary;

    private final ExchangeIds ids = new ExchangeIds(CLOCK);
    private final Opening creation = new Opening(
            ids.next(),
            NOW,
            Route.BATCHES,
            "POST",
            "/v1/messages/batches",
            new Attribution(
                    new Attribution.Part("ada", Attribution.Source.PATH),
                    null,
                    null,
                    null,
                    List.of("quarter=q4"),
                    new KeyRef("00", "sk-ant-api03-abc...wxyz", KeyRef.Kind.API_KEY),
                    null),
            Asked.NOTHING,
            null);

    @Test
    void creator_isRemembered_overARestart() {
        try (Ledger ledger = open()) {
            assertNull(ledger.batches().find("msgbatch_1"));
            ledger.batches().created("msgbatch_1", OPEN, creation, "wrkspc_1");
            ledger.batches().seen("msgbatch_1", ENDED, null);
        }
        try (Ledger ledger = open()) {
            BatchRecord known = known(ledger, "msgbatch_1");
            assertEquals(creation.id(), known.createdBy());
            assertEquals(creation.attribution(), known.creator());
            assertEquals("wrkspc_1", known.workspaceId());
            assertEquals(new BatchState("ended", OPEN.createdAt(), NOW, OPEN.expiresAt(), ALL_DONE), known.state());
            assertTrue(known.uncollected());
            assertEquals(List.of(known), ledger.batches().outstanding());
        }
    }

    @Test
    void creator_inAJournalThatTheStoreHasNotSeen_isRemembered() throws Exception {
        LedgerSettings settings = LedgerTest.settings(temporary.resolve("ledger"), BookingInstant.END);
        BatchRecord record =
                BatchRecord.unknown("msgbatch_1", NOW).amended(OPEN, null).created(creation);
        try (Journal journal =
                Journal.open(settings.directory().resolve("journal"), settings, Position.START, closing -> {
                    throw new IllegalStateException("nothing is closed here");
                })) {
            LedgerTest.onDisk(done -> journal.append(new Frame.Batched(record), done));
        }

        try (Ledger ledger = open()) {
            assertEquals(record, ledger.batches().find("msgbatch_1"));
            assertTrue(ledger.catchUp(Duration.ofSeconds(20)));
            assertEquals(record, row(ledger).batch());
        }
    }

    @Test
    void state_thatIsNoNews_isNotWritten() {
        try (Ledger ledger = open()) {
            ledger.batches().created("msgbatch_1", OPEN, creation, null);
            BatchRecord known = known(ledger, "msgbatch_1");

            ledger.batches().seen("msgbatch_1", OPEN, null);
            ledger.batches().seen("msgbatch_1", BatchState.UNKNOWN, null);
            ledger.batches().created("msgbatch_1", OPEN, creation, null);

            assertSame(known, ledger.batches().find("msgbatch_1"));
        }
    }

    @Test
    void end_isFinal_whateverArrivesLate() {
        try (Ledger ledger = open()) {
            ledger.batches().seen("msgbatch_1", ENDED, null);
            ledger.batches().seen("msgbatch_1", OPEN, null);

            assertEquals(ENDED, known(ledger, "msgbatch_1").state());
        }
    }

    @Test
    void batch_createdElsewhere_isKnownWithoutCreator() {
        try (Ledger ledger = open()) {
            ledger.batches().seen("msgbatch_1", BatchState.UNKNOWN, null);

            BatchRecord known = known(ledger, "msgbatch_1");
            assertFalse(known.creatorKnown());
            assertEquals(Attribution.NONE, known.creator());
            assertFalse(known.uncollected(), "whether it has ended is not known");
        }
    }

    @Test
    void batch_collected_isNotOutstandingAnyMore() {
        try (Ledger ledger = open()) {
            ledger.batches().seen("msgbatch_1", ENDED, null);
            ledger.batches().collected("msgbatch_1");
            ledger.batches().collected("msgbatch_1");

            assertEquals(NOW, known(ledger, "msgbatch_1").collectedAt());
            assertEquals(List.of(), ledger.batches().outstanding());
        }
        try (Ledger ledger = open()) {
            assertEquals(NOW, known(ledger, "msgbatch_1").collectedAt());
            assertEquals(List.of(), ledger.batches().outstanding());
        }
    }

    @Test
    void batches_beyondTheLimit_letTheEldestGo() throws Exception {
        LedgerSettings settings = LedgerTest.settings(temporary.resolve("ledger"), BookingInstant.END);
        List<BatchRecord> stored = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            stored.add(BatchRecord.unknown("msgbatch_" + i, NOW.plusSeconds(i)));
        }
        try (Journal journal =
                Journal.open(settings.directory().resolve("journal"), settings, Position.START, closing -> {
                    throw new IllegalStateException("nothing is closed here");
                })) {
            BatchRegistry registry = new BatchRegistry(journal, CLOCK, 3, stored, List.of());
            assertNull(registry.find("msgbatch_1"));
            assertNotNull(registry.find("msgbatch_2"));

            registry.seen("msgbatch_5", OPEN, null);

            assertNull(registry.find("msgbatch_2"));
            assertNotNull(registry.find("msgbatch_5"));
            assertEquals(3, registry.outstanding().size());
        }
    }

    private Ledger open() {
        return Ledger.open(
                LedgerTest.settings(temporary.resolve("ledger"), BookingInstant.END), RateTables.builtIn(), CLOCK);
    }

    private static BatchRecord known(Ledger ledger, String batchId) {
        BatchRecord known = ledger.batches().find(batchId);
        assertNotNull(known);
        return known;
    }

    private static BatchRow row(Ledger ledger) {
        return ledger.reports()
                .batches(new BatchQuery(BatchQuery.Which.ALL, 10))
                .get(0);
    }
}
