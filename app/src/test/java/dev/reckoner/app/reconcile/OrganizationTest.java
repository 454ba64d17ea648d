package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.simulator.admin.Access;
import dev.reckoner.simulator.admin.Admin;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the vendor lists of an organisation, beside what the ledger has booked. */
final class OrganizationTest {

    @TempDir
    private Path directory;

    private BilledServer billed;

    @BeforeEach
    void serve() throws Exception {
        billed = new BilledServer(directory);
        Admin admin = billed.simulator.admin();
        admin.key("app", BilledServer.secret(0), null);
        String research = admin.workspace("research");
        admin.key("unused", "sk-ant-api03-never-used-by-anyone-at-all-0000000-beside", research);
        admin.key("twin", "sk-ant-api03-never-used-by-anyone-either-000000-beside", research);
        admin.user("ada", "Ada");
        admin.user("bob@example.org", "Bob\u001b[31m");
        admin.workspaceLimit(research, "claude-opus-5-5", "requests_per_minute", 5);
    }

    @AfterEach
    void close() {
        billed.close();
    }

    private static Map<String, Boolean> seen(JsonNode list) {
        Map<String, Boolean> seen = new HashMap<>();
        list.forEach(item ->
                seen.put(item.path("name").asText(), item.path("in_ledger").asBoolean()));
        return seen;
    }

    @Test
    void table_fitsTheTerminal_andSaysWhatTheLedgerKnows() {
        assertEquals(0, billed.run(List.of("organization")), billed.err.toString());

        String text = billed.out.toString();
        text.lines().forEach(line -> assertTrue(line.length() <= 80, line));
        String words = text.replaceAll("[ \u00a0]+", " ");
        assertTrue(words.contains("\napp sk-ant-api03-rec...0000 active Default seen\n"), text);
        assertTrue(words.contains("\nunused sk-ant-api03-nev...side active research not seen, shared hint\n"), text);
        assertTrue(words.contains("\nresearch Claude Opus 5.5 5"), text);
        assertTrue(words.contains("\norganisation Claude Opus 5.5 4,000,000 4,000,000 4,000,000"), text);
        assertTrue(words.contains("can't be told apart"), text);
        assertTrue(!text.contains("\u001b"), text);
    }

    @Test
    void json_hasEverything() throws Exception {
        assertEquals(0, billed.run(List.of("organization", "--format", "json")), billed.err.toString());

        JsonNode json = new ObjectMapper().readTree(billed.out.toString());
        assertEquals("Simulated Organization", json.path("name").asText());
        assertEquals(
                Map.of("app", true, "key 2", true, "unused", false, "twin", false),
                seen(json.path("keys")),
                json.toString());
        assertEquals(Map.of("research", false, "Default", true), seen(json.path("workspaces")));
        assertEquals(Map.of("Ada", true, "Bob\u001b[31m", false), seen(json.path("users")));
        JsonNode own = json.path("rate_limits").get(json.path("rate_limits").size() - 1);
        assertEquals(5, own.path("value").asInt(), own.toString());
        assertTrue(own.path("workspace_id").isTextual(), own.toString());
        assertEquals("[]", json.path("keys_not_listed").toString());
    }

    @Test
    void csv_saysWhatEachRowIs() {
        assertEquals(0, billed.run(List.of("organization", "--format", "csv")), billed.err.toString());

        List<String> lines = billed.out.toString().lines().toList();
        assertEquals("kind,id,name,hint,email,status,workspace_id,in_ledger,shares_hint,type,value", lines.get(0));
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("key,apikey_\\w+,app,.*,active,,true,false,,")),
                lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.endsWith(",requests_per_minute,5")), lines.toString());
    }

    @Test
    void whoeverMayNotAsk_isToldWhy() {
        billed.simulator.admin().access(Access.REVOKED);

        assertEquals(1, billed.run(List.of("organization")));
        assertTrue(billed.err.toString().contains("the Admin key is wrong or was revoked"), billed.err.toString());
    }
}
