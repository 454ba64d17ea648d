package dev.reckoner.simulator.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.simulator.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys, workspaces, users, rate limits and the Claude Code report as api-facts §4.4 and §4.5 describe them. */
class AdminListingsTest {
    private static final String KEYS = "/v1/organizations/api_keys";
    private static final String WORKSPACES = "/v1/organizations/workspaces";
    private static final String CLAUDE_CODE = ClaudeCodeReport.PATH + "?starting_at=2026-11-10";

    private AdminStage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new AdminStage();
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void keys_areListedByHintAndScope() throws Exception {
        String workspace = stage.admin.workspace("research");
        String secret = "sk-ant-api03-R2D" + "x".repeat(80) + "igAA";
        String id = stage.admin.key("Developer Key", secret, workspace);
        JsonNode key = stage.get(KEYS).path("data").path(0);
        assertEquals(id, key.path("id").textValue());
        assertEquals("sk-ant-api03-R2D...igAA", key.path("partial_key_hint").textValue());
        assertEquals(workspace, key.path("workspace_id").textValue());
        JsonNode scoped =
                stage.get(KEYS, "anthropic-version", "2026-10-21").path("data").path(0);
        assertFalse(scoped.has("workspace_id"));
        assertEquals(workspace, scoped.path("scope").path("workspace_id").textValue());
        stage.admin.keyStatus(id, "inactive");
        assertEquals(0, stage.get(KEYS + "?status=active").path("data").size());
        assertEquals(
                1, stage.get(KEYS + "?workspace_id=" + workspace).path("data").size());
    }

    @Test
    void keys_arePagedInBothDirections() throws Exception {
        for (int i = 0; i < 45; i++) {
            stage.admin.key("key " + i, "sk-ant-api03-" + i + "y".repeat(40), null);
        }
        List<String> ids = new ArrayList<>();
        JsonNode page = stage.get(KEYS);
        int pages = 1;
        page.path("data").forEach(key -> ids.add(key.path("id").textValue()));
        while (page.path("has_more").booleanValue()) {
            page = stage.get(KEYS + "?after_id=" + page.path("last_id").textValue());
            page.path("data").forEach(key -> ids.add(key.path("id").textValue()));
            pages++;
        }
        assertEquals(3, pages);
        assertEquals(45, ids.stream().distinct().count());
        JsonNode before = stage.get(KEYS + "?limit=2&before_id=" + ids.get(10));
        assertEquals(ids.get(8), before.path("first_id").textValue());
        assertTrue(before.path("has_more").booleanValue());
        assertEquals(400, stage.send(KEYS + "?after_id=apikey_nothing").statusCode());
        assertEquals(400, stage.send(KEYS + "?limit=1001").statusCode());
    }

    @Test
    void workspaces_hideTheArchivedAndTheDefaultUnlessAsked() throws Exception {
        stage.admin.workspace("research");
        stage.admin.archivedWorkspace("old");
        assertEquals(1, stage.get(WORKSPACES).path("data").size());
        JsonNode all = stage.get(WORKSPACES + "?include_archived=true&include_default=true")
                .path("data");
        assertEquals(3, all.size());
        assertTrue(all.path(1).path("archived_at").isTextual());
        assertEquals("wrkspc_01SimulatorDefaultSpace00", all.path(2).path("id").textValue());
    }

    /** The fields that the vendor's own clients insist on. */
    @Test
    void entries_haveEveryFieldOfTheVendor() throws Exception {
        String workspace = stage.admin.workspace("research");
        stage.admin.key("one", "sk-ant-api03-one", workspace);
        stage.admin.user("ada@example.com", "Ada");
        assertFields(
                KEYS, "id type name partial_key_hint status created_at expires_at created_by principal workspace_id");
        assertFields(
                WORKSPACES,
                "id type name created_at archived_at compartment_id display_color data_residency tags external_key_id");
        assertFields("/v1/organizations/users", "id type email name role added_at");
        assertFields("/v1/organizations/rate_limits", "type id group_type group models limits");
    }

    private void assertFields(String target, String names) throws Exception {
        List<String> fields = new ArrayList<>();
        stage.get(target).path("data").path(0).fieldNames().forEachRemaining(fields::add);
        assertEquals(List.of(names.split(" ")), fields);
    }

    @Test
    void usersAndOrganization_areListed() throws Exception {
        String id = stage.admin.user("ada@example.com", "Ada");
        stage.admin.user("bob@example.com", "Bob");
        JsonNode users = stage.get("/v1/organizations/users?email=ada@example.com");
        assertEquals(1, users.path("data").size());
        assertEquals(id, users.path("first_id").textValue());
        assertEquals(
                "organization", stage.get("/v1/organizations/me").path("type").textValue());
    }

    @Test
    void rateLimitsOfAWorkspace_areThoseOfItsOwn() throws Exception {
        String workspace = stage.admin.workspace("research");
        String limits = "/v1/organizations/workspaces/" + workspace + "/rate_limits";
        assertEquals(0, stage.get(limits).path("data").size());

        stage.admin.workspaceLimit(workspace, "claude-opus-4-5", "requests_per_minute", 50);

        JsonNode group = stage.get(limits).path("data").path(0);
        assertEquals("workspace_rate_limit", group.path("type").textValue());
        assertEquals(50, group.at("/limits/0/value").intValue());
        assertEquals("workspace", group.at("/limits/0/source/type").textValue());
        assertEquals(
                0,
                stage.get("/v1/organizations/workspaces/wrkspc_01SimulatorDefaultSpace00/rate_limits")
                        .path("data")
                        .size());
    }

    @Test
    void rateLimits_nameEveryAlias() throws Exception {
        JsonNode group = stage.get("/v1/organizations/rate_limits?model=claude-opus-4-5")
                .path("data")
                .path(0);
        assertEquals("model_group", group.path("group_type").textValue());
        assertEquals("claude-opus-4-5-20251101", group.path("models").path(0).textValue());
        assertEquals("claude-opus-4-5", group.path("models").path(1).textValue());
        assertEquals(
                404,
                stage.send("/v1/organizations/rate_limits?model=claude-nothing").statusCode());
        assertTrue(stage.get("/v1/organizations/rate_limits").path("data").size() > 12);
        assertEquals(
                3,
                stage.get("/v1/organizations/rate_limits?limit=3").path("data").size());
    }

    @Test
    void claudeCode_isEstimatedInWholeCentsAndAnHourLate() throws Exception {
        Instant last = Instant.parse("2026-11-10T20:00:00Z");
        Map<String, Counts> counts = Map.of("claude-opus-5-5", new Counts(1_001_000, 0, 0, 0, 0, 0));
        stage.admin.claudeCode(new ClaudeCodeDay(last, "ada@example.com", 3, counts));
        stage.admin.claudeCode(new ClaudeCodeDay(last, "ci key", 1, counts));
        List<JsonNode> rows = stage.all(CLAUDE_CODE + "&limit=1");
        assertEquals(2, rows.size());
        assertEquals(
                "ada@example.com",
                rows.get(0).path("actor").path("email_address").textValue());
        assertEquals("ci key", rows.get(1).path("actor").path("api_key_name").textValue());
        JsonNode model = rows.get(0).path("model_breakdown").path(0);
        assertEquals(400, model.path("estimated_cost").path("amount").intValue());
        assertEquals(1_001_000, model.path("tokens").path("input").intValue());
        stage.now("2026-11-10T20:59:59Z");
        assertEquals(0, stage.all(CLAUDE_CODE).size());
        assertEquals(
                400, stage.send(ClaudeCodeReport.PATH + "?starting_at=today").statusCode());
    }
}
