package dev.reckoner.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.LimitRule;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings.LedgerSettings;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.ledger.credit.CreditNote;
import dev.reckoner.ledger.keys.ClientTrust;
import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyDraft;
import dev.reckoner.ledger.limit.Limit;
import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.Change;
import dev.reckoner.ledger.trail.TrailRow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTrailTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Actor OPS = new Actor("ops: command line of ada", "10.0.0.9");

    @TempDir
    private Path temporary;

    @Test
    void changesOfKeys_areNotedWithWhoFromWhereAndWhatTheyWere() {
        try (Ledger ledger = open()) {
            IssuedKey created = ledger.virtualKeys().create(draft("ci"), OPS.toString());
            String id = created.key().id();
            IssuedKey rotated = ledger.virtualKeys().rotate(id, Duration.ZERO, OPS.toString());
            ledger.virtualKeys().revoke(id, OPS.toString());
            ledger.virtualKeys().revoke(id, OPS.toString());

            String first = "\"ci\", secret " + created.key().secret().hint();
            String second = "\"ci\", secret " + rotated.key().secret().hint();
            assertEquals(
                    List.of(
                            new Change(Change.What.KEY_CREATED, id, "", first),
                            new Change(Change.What.KEY_ROTATED, id, first, second),
                            new Change(Change.What.KEY_REVOKED, id, second, "")),
                    changes(ledger));
            for (TrailRow row : ledger.trail().trail(Long.MAX_VALUE, 10)) {
                assertEquals(OPS, row.actor());
                assertFalse(row.toString().contains(created.secret()), "no secret is ever kept");
            }
        }
    }

    @Test
    void changesOfLimits_areNotedWithTheRuleBeforeAndAfter() {
        try (Ledger ledger = open()) {
            Limit set = ledger.limits().set(rule("user=ada 5/day"), OPS.toString());
            ledger.limits().set(rule("user=ada 7/day"), OPS.toString());
            ledger.limits().set(rule("user=ada 7/day"), OPS.toString());
            ledger.limits().remove(set.id(), OPS.toString());

            String five = rule("user=ada 5/day").toString();
            String seven = rule("user=ada 7/day").toString();
            assertEquals(
                    List.of(
                            new Change(Change.What.LIMIT_CREATED, set.id(), "", five),
                            new Change(Change.What.LIMIT_CHANGED, set.id(), five, seven),
                            new Change(Change.What.LIMIT_REMOVED, set.id(), seven, "")),
                    changes(ledger));
        }
    }

    @Test
    void creditNote_isNotedByItsSource() {
        Instant at = Instant.parse("2026-11-01T00:00:00Z");
        try (Ledger ledger = open()) {
            ledger.credits()
                    .record(new CreditNote(
                            CreditNote.Kind.AUTO_RELOAD,
                            at,
                            new BigDecimal("20"),
                            new BigDecimal("100"),
                            OPS.toString()));
            assertEquals(
                    List.of(new Change(
                            Change.What.CREDIT_NOTED,
                            "auto_reload at 2026-11-01T00:00:00Z",
                            "",
                            "20 USD up to 100 USD")),
                    changes(ledger));
        }
    }

    @Test
    void changeThatFails_leavesNoTrace() {
        try (Ledger ledger = open()) {
            try {
                ledger.virtualKeys().revoke("rk_nobody", OPS.toString());
            } catch (LedgerException expected) {
                assertEquals(List.of(), changes(ledger));
                return;
            }
        }
        throw new AssertionError("a key that isn't there can't be revoked");
    }

    @Test
    void trail_isReadBackwardsPageByPageAndSurvivesARestart() {
        try (Ledger ledger = open()) {
            for (int i = 0; i < 5; i++) {
                ledger.trail().note(OPS, new Change(Change.What.LOGGED_IN, "n" + i, "", ""));
            }
        }
        try (Ledger again = open()) {
            List<TrailRow> page = again.trail().trail(Long.MAX_VALUE, 2);
            assertEquals(List.of("n4", "n3"), about(page));
            page = again.trail().trail(page.get(1).number(), 2);
            assertEquals(List.of("n2", "n1"), about(page));
            page = again.trail().trail(page.get(1).number(), 2);
            assertEquals(List.of("n0"), about(page));
        }
    }

    @Test
    void booksFromBeforeThereWasATrail_bringWhatTheyHadNoted() throws Exception {
        String id;
        try (Ledger ledger = open()) {
            IssuedKey created = ledger.virtualKeys().create(draft("ci"), "a command");
            id = created.key().id();
            ledger.virtualKeys().revoke(id, "a command");
            Limit set = ledger.limits().set(rule("user=ada 5/day"), "a command");
            ledger.limits().remove(set.id(), "a command");
        }
        try (var connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + temporary.resolve("store") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                        "sa",
                        "");
                var statement = connection.createStatement()) {
            statement.execute("drop table audit_trail");
            statement.execute("delete from sequences where name = 'audit_trail'");
            for (String later : List.of(
                    "table peak_blocks",
                    "table peaks_hourly",
                    "index entries_outcome",
                    "index rollups_sessions_cost",
                    "table rollups_tags",
                    "index rollups_sessions_team",
                    "index rollups_sessions_project",
                    "table dims_days")) {
                statement.execute("drop " + later);
            }
            statement.execute("delete from \"schema_history\" where cast(\"version\" as integer) >= 15");
        }
        try (Ledger ledger = open()) {
            assertEquals(
                    List.of(
                            Change.What.KEY_CREATED,
                            Change.What.KEY_REVOKED,
                            Change.What.LIMIT_CREATED,
                            Change.What.LIMIT_REMOVED),
                    changes(ledger).stream().map(Change::what).toList());
            assertEquals(id, changes(ledger).get(0).about());
            assertEquals(
                    rule("user=ada 5/day").toString(), changes(ledger).get(3).before());
            ledger.trail().note(OPS, new Change(Change.What.LOGGED_IN, "ops", "", ""));
            assertEquals(5, ledger.trail().trail(Long.MAX_VALUE, 1).get(0).number());
        }
    }

    @Test
    void note_withHostileText_isKeptWithinBounds() {
        try (Ledger ledger = open()) {
            String hostile = "a\u0000b\uD800" + "x".repeat(5_000);
            ledger.trail().note(new Actor(hostile, hostile), new Change(Change.What.LOGGED_IN, hostile, "", ""));
            TrailRow row = ledger.trail().trail(Long.MAX_VALUE, 1).get(0);
            assertTrue(row.change().about().startsWith("a\uFFFDb\uFFFDxxx"), row.toString());
            assertEquals(1_000, row.actor().who().length());
        }
    }

    @Test
    void actor_asText_readsBackEvenWhereItSaysFromInItsName() {
        for (Actor actor : List.of(OPS, new Actor("files", ""), new Actor("a from b", "::1"))) {
            assertEquals(actor, Actor.parse(actor.toString()));
        }
    }

    private static List<String> about(List<TrailRow> rows) {
        return rows.stream().map(row -> row.change().about()).toList();
    }

    private static List<Change> changes(Ledger ledger) {
        List<TrailRow> rows = new ArrayList<>(ledger.trail().trail(Long.MAX_VALUE, 100));
        Collections.reverse(rows);
        return rows.stream().map(TrailRow::change).toList();
    }

    private static LimitRule rule(String text) {
        return LimitRule.parse(text).orElseThrow();
    }

    private static KeyDraft draft(String name) {
        return new KeyDraft(name, "ada", null, null, List.of(), List.of(), "default", ClientTrust.SESSIONS, null, null);
    }

    private Ledger open() {
        LedgerSettings settings = SettingsLoader.load(null, Map.of(), Map.of("ledger.directory", temporary.toString()))
                .settings()
                .ledger();
        return Ledger.open(settings, RateTables.builtIn(), CLOCK);
    }
}
