package dev.reckoner.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.read.LocalDoor;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check of settings says of a daily reconciliation that can't be made. */
final class ConfigCheckCommandTest {

    @TempDir
    private Path home;

    private String check(Map<String, String> more) {
        Map<String, String> env = new HashMap<>(more);
        env.put("HOME", home.toString());
        StringWriter out = new StringWriter();
        Clock clock = Clock.systemUTC();
        Shell shell = new Shell(new PrintWriter(out, true), new PrintWriter(out, true), env, clock, false, 80);
        int code = new CommandTree(shell, new LocalDoor(clock))
                .commandLine(List.of())
                .execute("config", "check");
        assertEquals(0, code, out.toString());
        return out.toString();
    }

    @Test
    void dailyWithoutAKey_isWarnedOf() {
        String said = check(Map.of("RECKONER_RECONCILE_DAILY", "true"));

        assertTrue(
                said.contains("warning: reconcile.daily is true, and the server would say: no Admin key: set"), said);
    }

    @Test
    void dailyWithAKeyFileThatIsNotThere_isWarnedOf() {
        Path file = home.resolve("missing");
        String said =
                check(Map.of("RECKONER_RECONCILE_DAILY", "true", "RECKONER_RECONCILE_ADMIN_KEY_FILE", file.toString()));

        assertTrue(said.contains("the Admin key's file " + file + " can't be read"), said);
    }

    @Test
    void dailyWithAKey_orNoDaily_isFine() {
        assertFalse(check(Map.of("RECKONER_RECONCILE_DAILY", "true", "ANTHROPIC_ADMIN_KEY", "sk-ant-admin01-x"))
                .contains("warning"));
        assertFalse(check(Map.of()).contains("warning"));
    }
}
