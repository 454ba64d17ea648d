package dev.reckoner.reconcile.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.reconcile.vendor.Organization.RateLimit;
import dev.reckoner.reconcile.vendor.Organization.User;
import dev.reckoner.reconcile.vendor.Organization.Workspace;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked for and read of an organisation, in the shapes of api-facts §4.5. */
final class OrganizationPullTest {

    private static final String REFUSED = "{\"error\":{\"message\":\"no\"}}";

    private final ScriptedApi vendor = new ScriptedApi();
    private final OrganizationPull pull = new OrganizationPull(
            new AdminApi(vendor.url(), "sk-ant-admin01-x", pause -> {}, new Random(1)), new MemoryPages(), what -> {});

    @AfterEach
    void stop() {
        vendor.close();
    }

    private OrganizationPullTest page(String... items) {
        vendor.then(200, "{\"data\":[" + String.join(",", items) + "],\"has_more\":false}");
        return this;
    }

    @Test
    void everything_isRead() {
        String research = "{\"id\":\"wrkspc_1\",\"name\":\"research\",\"archived_at\":null}";
        String old = "{\"id\":\"wrkspc_2\",\"name\":\"old\",\"archived_at\":\"2026-01-01T00:00:00Z\"}";
        page("{\"id\":\"apikey_1\",\"name\":\"app\",\"partial_key_hint\":null,\"status\":\"inactive\"}");
        vendor.then(200, "{\"id\":\"org_1\",\"type\":\"organization\",\"name\":\"Example\"}");
        page(research, old).page(research, old, "{\"id\":\"wrkspc_0\",\"name\":\"Default\",\"archived_at\":null}");
        page("{\"id\":\"user_1\",\"email\":\"ada@example.org\",\"name\":\"Ada\",\"role\":\"admin\"}");
        page(
                "{\"group_type\":\"model_group\",\"group\":{\"display_name\":\"Claude Opus\"},\"models\":[\"m\"],"
                        + "\"limits\":[{\"type\":\"requests_per_minute\",\"value\":50}]}",
                "{\"group_type\":\"batch\",\"models\":null,\"limits\":[{\"type\":\"tokens_per_day\",\"value\":null}]}");
        page("{\"group_type\":\"model_group\",\"models\":[\"m\"],\"limits\":[{\"type\":\"requests_per_minute\","
                + "\"value\":5,\"org_limit\":50}]}");
        page();

        Organization found = pull.all();

        assertEquals("Example", found.name());
        assertEquals(List.of(new ApiKey("apikey_1", "app", null, null, "inactive")), found.keys());
        assertEquals(
                List.of(
                        new Workspace("wrkspc_1", "research", false, false),
                        new Workspace("wrkspc_2", "old", true, false),
                        new Workspace("wrkspc_0", "Default", false, true)),
                found.workspaces());
        assertEquals(List.of(new User("user_1", "ada@example.org", "Ada", "admin")), found.users());
        assertEquals(
                List.of(
                        new RateLimit(null, "Claude Opus", List.of("m"), "requests_per_minute", 50L),
                        new RateLimit(null, "batch", List.of(), "tokens_per_day", null),
                        new RateLimit("wrkspc_1", "model_group", List.of("m"), "requests_per_minute", 5L)),
                found.limits());
        assertEquals(List.of(), found.notes());
        assertEquals("/v1/organizations/workspaces/wrkspc_1/rate_limits", vendor.asked.get(6));
        assertEquals(
                "/v1/organizations/workspaces/wrkspc_0/rate_limits", vendor.asked.get(7), "the archived one isn't");
    }

    @Test
    void whatTheKeyMayNotList_isLeftOut_andSaidOnce() {
        page();
        for (int i = 0; i < 5; i++) {
            vendor.then(403, REFUSED);
        }

        Organization found = pull.all();

        assertEquals(
                List.of(
                        "The name of the organisation could not be had with this key.",
                        "The list of workspaces could not be had with this key.",
                        "The list of users could not be had with this key.",
                        "The rate limits could not be had with this key."),
                found.notes());
    }

    @Test
    void keysThatMayNotBeListed_areTheReasonToStop() {
        vendor.then(403, REFUSED);

        String message = assertThrows(AdminApiException.class, pull::all).getMessage();

        assertTrue(String.valueOf(message).contains("it has to be an Admin key"), message);
    }

    @Test
    void manyWorkspaces_areAskedUpToALimit() {
        String[] workspaces = new String[60];
        for (int i = 0; i < workspaces.length; i++) {
            workspaces[i] = "{\"id\":\"wrkspc_" + i + "\",\"name\":\"w\",\"archived_at\":null}";
        }
        page();
        vendor.then(200, "{\"name\":\"Example\"}");
        page(workspaces).page(workspaces).page().page();
        for (int i = 0; i < 50; i++) {
            page();
        }

        assertEquals(
                List.of("Rate limits were asked for in the first 50 of 60 workspaces."),
                pull.all().notes());
        assertEquals(56, vendor.asked.size());
    }
}
