package dev.reckoner.app.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.command.CommandTree;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.LocalDoor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about keys, on the files of a ledger. */
final class KeysCommandsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final Pattern SECRET = Pattern.compile("rk-[0-9A-Za-z]{36}");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private String said = "";

    @Test
    void key_isPrintedOnce_andKnownByItsEndsFromThenOn() {
        assertEquals(
                0, run("keys", "create", "--user", "ada", "--team", "search", "--name", "laptop", "--expires", "30d"));
        String secret = secret();
        assertTrue(said.contains(" for user ada, team search:"), said);

        assertEquals(0, run("keys", "list"));
        assertFalse(said.contains(secret), said);
        assertTrue(said.contains("rk-" + secret.substring(3, 7) + "..." + secret.substring(35)), said);
        assertTrue(said.contains("until 2026-12-21\n"), said);
        assertTrue(said.lines().allMatch(line -> line.length() <= 80), said);

        assertEquals(0, run("keys", "show", "laptop"));
        assertTrue(said.contains("created"), said);
        assertFalse(said.contains(secret), said);
    }

    @Test
    void key_revoked_isListedWithAllOnly() {
        run("keys", "create", "--user", "ada", "--name", "laptop");
        assertEquals(0, run("keys", "revoke", "laptop"));

        run("keys", "list");
        assertTrue(said.contains("No keys"), said);
        run("keys", "list", "--all", "--csv");
        assertTrue(said.contains(",laptop,ada,"), said);
        assertTrue(said.contains(",revoked,"), said);
    }

    @Test
    void key_rotated_saysHowLongTheOneBeforeHolds() {
        run("keys", "create", "--user", "ada", "--name", "laptop");
        String first = secret();
        assertEquals(0, run("keys", "rotate", "laptop", "--grace", "24h"));
        String second = secret();

        assertFalse(first.equals(second));
        assertTrue(said.contains("holds until 2026-11-22 12:00"), said);
        assertEquals(0, run("keys", "show", "laptop", "--json"));
        assertTrue(said.contains("\"formerHint\" : \"rk-" + first.substring(3, 7)), said);
    }

    @Test
    void create_withEverything_isKeptAsSaid() {
        assertEquals(
                0,
                run(
                        "keys",
                        "create",
                        "--team",
                        "search",
                        "--project",
                        "index",
                        "--tag",
                        "env=prod",
                        "--tag",
                        "a=b",
                        "--models",
                        "claude-haiku-4-5,claude-opus-5",
                        "--credential",
                        "research",
                        "--trust",
                        "users",
                        "--expires",
                        "2026-12-31",
                        "--json"));

        assertTrue(said.contains("\"key\" : \"rk-"), said);
        assertTrue(said.contains("[ \"a=b\", \"env=prod\" ]"), said);
        assertTrue(said.contains("[ \"claude-haiku-4-5\", \"claude-opus-5\" ]"), said);
        assertTrue(said.contains("\"expiresAt\" : \"2027-01-01T00:00:00Z\""), said);
        assertTrue(said.contains("\"trust\" : \"users\""), said);
        assertTrue(said.contains("\"credential\" : \"research\""), said);
    }

    @Test
    void budget_isTaken_orSaidToBeNone() {
        assertEquals(0, run("keys", "create", "--user", "ada", "--budget", "50/day"));
        assertEquals(1, run("keys", "create", "--user", "ada", "--budget", "50"));
        assertTrue(said.contains("such as 50/day"), said);
    }

    @Test
    void wrongUse_isSaidWithWhatWasExpected() {
        assertEquals(2, run("keys", "create"));
        assertTrue(said.contains("expected --user, --team or --project"), said);
        assertEquals(2, run("keys", "create", "--user", "ada", "--expires", "soon"));
        assertTrue(said.contains("such as 30d"), said);
        assertEquals(2, run("keys", "create", "--user", "ada", "--expires", "2026-11-20"));
        assertTrue(said.contains("a day that is over"), said);
        assertEquals(2, run("keys", "create", "--user", "ada", "--trust", "all"));
        assertTrue(said.contains("expected none, sessions or users"), said);
        assertEquals(2, run("keys"));
        assertTrue(said.contains("expected one of create, list, show, revoke, rotate"), said);
    }

    @Test
    void key_thatIsNotThere_orIsSeveral_isSaid() {
        run("keys", "create", "--user", "ada", "--name", "laptop");
        run("keys", "create", "--user", "bo", "--name", "laptop");
        assertEquals(1, run("keys", "revoke", "laptop"));
        assertTrue(said.contains("2 virtual keys are called \"laptop\""), said);
        assertEquals(1, run("keys", "revoke", "phone"));
        assertTrue(said.contains("no virtual key is called \"phone\""), said);
    }

    private String secret() {
        Matcher secret = SECRET.matcher(said);
        assertTrue(secret.find(), said);
        return secret.group();
    }

    /** Runs a command on the files; the books are made by the first. */
    private int run(String... words) {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out, true);
        Shell shell = new Shell(printer, printer, Map.of("HOME", directory.toString()), CLOCK, false, 80);
        List<String> all = new ArrayList<>(List.of(words));
        if (all.size() > 1) {
            all.addAll(List.of("--ledger", directory.toString()));
        }
        int code = new CommandTree(shell, new LocalDoor(CLOCK))
                .commandLine(List.of(KeysCommand.whole(shell, new LocalDoor(CLOCK))))
                .execute(all.toArray(new String[0]));
        said = out.toString();
        return code;
    }
}
