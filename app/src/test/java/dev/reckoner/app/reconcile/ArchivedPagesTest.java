package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which kept pages a pull may use, by when they were kept. */
final class ArchivedPagesTest {

    private static final String DAYS = "2026-11-01/2026-11-02";

    private Instant now = Instant.parse("2026-11-05T10:00:00Z");
    private final List<Document> documents = new ArrayList<>();
    private final Archive archive = new Archive() {
        @Override
        public void keep(String kind, String name, String body) {
            documents.add(0, new Document(kind, name, now, body));
        }

        @Override
        public Optional<Document> find(String kind, String name) {
            return documents.stream()
                    .filter(kept -> kept.kind().equals(kind) && kept.name().equals(name))
                    .findFirst();
        }

        @Override
        public List<Document> list(String kind, int limit) {
            return documents;
        }
    };

    private ArchivedPages pull() {
        return pull(DAYS);
    }

    private ArchivedPages pull(String name) {
        return new ArchivedPages(archive, name, Clock.fixed(now, ZoneOffset.UTC));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    /** A pull of two pages, a second apart, that is finished a second later. */
    private void finished() {
        ArchivedPages pages = pull();
        pass(Duration.ofSeconds(1));
        pages.keep("/a", "1");
        pass(Duration.ofSeconds(1));
        pages.keep("/b", "2");
        pass(Duration.ofSeconds(1));
        pages.finish();
    }

    @Test
    void finishedPull_isUsedForAMinute_andNoLonger() {
        finished();
        pass(Duration.ofSeconds(59));
        assertTrue(pull().used());
        assertEquals(Optional.of("1"), pull().find("/a"));
        assertEquals(Optional.of("2"), pull().find("/b"));

        pull().finish();
        pass(Duration.ofSeconds(1));
        assertFalse(pull().used(), "using it again makes it no younger");
        assertEquals(Optional.empty(), pull().find("/a"));
        assertEquals(Optional.empty(), pull().find("/b"));
    }

    @Test
    void finishedPull_isNotThatOfOtherDays() {
        finished();

        assertFalse(pull("2026-11-01/2026-11-03").used());
    }

    @Test
    void finishedPullUsedAgain_hasNoPagesOfTheOneBefore() {
        ArchivedPages first = pull();
        pass(Duration.ofSeconds(1));
        first.keep("/gone", "0");
        first.finish();
        pass(Duration.ofMinutes(2));
        finished();

        assertEquals(Optional.empty(), pull().find("/gone"));
        assertEquals(Optional.of("1"), pull().find("/a"));
    }

    @Test
    void pullThatBrokeOff_isGoneOnWithForAnHour() {
        pull().keep("/a", "1");

        pass(Duration.ofMinutes(59));
        assertFalse(pull().used());
        assertEquals(Optional.of("1"), pull().find("/a"));
        pass(Duration.ofMinutes(1));
        assertEquals(Optional.empty(), pull().find("/a"));
    }

    @Test
    void pullThatFinishedInTheFuture_isNotUsed() {
        finished();
        pass(Duration.ofHours(-1));

        assertFalse(pull().used(), "the clock was set back");
    }
}
