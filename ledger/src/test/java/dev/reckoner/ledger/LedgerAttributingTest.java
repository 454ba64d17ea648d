package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.AttributionRule.Of;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerAttributingTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");
    private static final KeyRef ADAS = new KeyRef("aa", "sk-ant-api03-ada...1111", KeyRef.Kind.API_KEY);
    private static final KeyRef OTHER = new KeyRef("bb", "sk-ant-api03-oth...2222", KeyRef.Kind.API_KEY);

    private final ExchangeIds ids = new ExchangeIds(CLOCK);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void entriesOfNobody_areAttributed_andSumsMoveWithThem() throws Exception {
        try (Ledger ledger = open()) {
            close(ledger, null, ADAS);
            close(ledger, null, OTHER);
            close(ledger, new Part("bo", Source.PATH), ADAS);
            List<AttributionRule> rules = List.of(
                    new AttributionRule(Of.KEY, ADAS.hint(), "ada", "search", null),
                    new AttributionRule(Of.USER, "BO", null, "infra", null));

            AttributeResult planned = ledger.corrections().attribute(query(rules, false));
            assertEquals(3, planned.entries());
            assertEquals(2, planned.changed());
            assertEquals(List.of(), users(ledger, "ada"));

            AttributeResult booked = ledger.corrections().attribute(query(rules, true));
            assertEquals(planned.assigned(), booked.assigned());
            StoredEntry adas = users(ledger, "ada").get(0);
            Attribution who = adas.entry().closing().opening().attribution();
            assertEquals(new Part("ada", Source.ASSIGNED), who.user());
            assertEquals(new Part("search", Source.ASSIGNED), who.team());
            Attribution bos =
                    users(ledger, "bo").get(0).entry().closing().opening().attribution();
            assertEquals(new Part("bo", Source.PATH), bos.user());
            assertEquals(new Part("search", Source.ASSIGNED), bos.team());
            assertEquals(1, users(ledger, "").size());
            assertEquals(
                    Correction.ATTRIBUTED,
                    ledger.reports().history(adas.entry().id()).get(1).cause());
            assertEquals(1, exchanges(ledger, "ada"));
            assertEquals(List.of(), ledger.reports().verify().findings());

            assertEquals(0, ledger.corrections().attribute(query(rules, true)).changed());
        }
    }

    @Test
    void entries_withSomebodyStated_stayTheirs() throws Exception {
        try (Ledger ledger = open()) {
            close(ledger, new Part("bo", Source.PATH), ADAS);
            List<AttributionRule> rules = List.of(new AttributionRule(Of.ALL, "", "ada", null, null));

            assertEquals(0, ledger.corrections().attribute(query(rules, true)).changed());
            assertEquals(1, users(ledger, "bo").size());
        }
    }

    private static AttributeQuery query(List<AttributionRule> rules, boolean apply) {
        return new AttributeQuery(FROM, UNTIL, Map.of(), rules, apply);
    }

    private static List<StoredEntry> users(Ledger ledger, String user) {
        return ledger.reports()
                .entries(new EntryQuery(null, null, Map.of(Dimension.USER, List.of(user)), null, true, 10));
    }

    private static long exchanges(Ledger ledger, String user) {
        ReportQuery query = new ReportQuery(FROM, UNTIL, Bucket.ALL, List.of(), Map.of(Dimension.USER, List.of(user)));
        return ledger.reports().report(query).stream()
                .mapToLong(row -> row.sums().exchanges())
                .sum();
    }

    private void close(Ledger ledger, @Nullable Part user, KeyRef key) throws Exception {
        Closing closing = Exchanges.closing(ids.next(), Outcome.OK_UPSTREAM_COMPLETE, Exchanges.reading(true))
                .by(new Attribution(user, null, null, null, List.of(), key, null));
        CountDownLatch done = new CountDownLatch(1);
        ledger.close(closing, failure -> done.countDown());
        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertTrue(ledger.catchUp(Duration.ofSeconds(10)));
    }

    private Ledger open() {
        return Ledger.open(
                SettingsLoader.load(null, Map.of(), Map.of("ledger.directory", directory.toString()))
                        .settings()
                        .ledger(),
                RateTables.builtIn(),
                CLOCK);
    }
}
