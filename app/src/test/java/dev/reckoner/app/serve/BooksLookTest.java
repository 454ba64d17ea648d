package dev.reckoner.app.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.console.ServerState.Books;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Ledger;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked up in the books for metrics, and how seldom. */
final class BooksLookTest {
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path directory;

    private final PendingMoves moves = new PendingMoves();

    @Test
    void look_countsPendingEntriesAndBatches() throws Exception {
        try (Ledger ledger = open();
                BooksLook look = new BooksLook(ledger, moves, CLOCK)) {
            assertNull(look.last());
            look.look();
            assertEquals(0, seen(look).entriesPending());
            assertNull(seen(look).reconciled());

            book(ledger, "claude-unlisted-1");
            book(ledger, "claude-opus-5");
            ledger.batches().seen("msgbatch_1", new BatchState("in_progress", null, null, null, null), null);
            ledger.batches().seen("msgbatch_2", new BatchState("ended", null, Instant.EPOCH, null, null), null);
            look.look();

            assertEquals(1, seen(look).entriesPending());
            assertEquals(1, seen(look).batchesOpen());
            assertEquals(1, seen(look).batchesUncollected());
        }
    }

    @Test
    void pendingEntries_areAskedForTwice_thenOnlyWhereTheyMoved() throws Exception {
        try (Ledger ledger = open()) {
            assertTrue(moves.ask());
            assertTrue(moves.ask());
            assertFalse(moves.ask());

            book(ledger, "claude-opus-5");
            assertFalse(moves.ask(), "it has a rate");
            book(ledger, "claude-unlisted-1");
            assertTrue(moves.ask());
            assertTrue(moves.ask());
            assertFalse(moves.ask());
        }
    }

    private static Books seen(BooksLook look) {
        Books books = look.last();
        assertNotNull(books);
        return books;
    }

    private Ledger open() {
        Settings settings = SettingsLoader.load(
                        null,
                        Map.of(),
                        Map.of("ledger.directory", directory.resolve("ledger").toString()))
                .settings();
        return Ledger.open(settings.ledger(), RateTables.builtIn(), CLOCK, moves);
    }

    private static void book(Ledger ledger, String model) throws Exception {
        Instant now = CLOCK.instant();
        Opening opening = new Opening(
                ledger.ids().next(),
                now,
                Route.MESSAGES,
                "POST",
                "/v1/messages",
                Attribution.NONE,
                Asked.NOTHING,
                null);
        Usage usage = new Usage(
                new TokenCounts(10L, 5L, 0L, 0L, null, null),
                null,
                null,
                null,
                null,
                "standard",
                "global",
                null,
                List.of());
        Reading reading = new Reading("msg_1", model, usage, true, "end_turn", false, null, 20, List.of(), null);
        Closing closing = new Closing(
                opening, now, now, 200, Outcome.OK_UPSTREAM_COMPLETE, null, null, null, null, 10, 20, reading, null);
        CountDownLatch done = new CountDownLatch(1);
        ledger.close(closing, failure -> done.countDown());
        assertTrue(done.await(20, TimeUnit.SECONDS));
        assertTrue(ledger.catchUp(Duration.ofSeconds(20)));
    }
}
