package dev.reckoner.simulator.admin;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * Everything that the Admin API answers from, wired together.
 *
 * @param offers the models on offer by id
 * @param defaultWorkspaceId the id that the older reports leave out (api-facts §4.3)
 */
record Organization(
        String id,
        String defaultWorkspaceId,
        Map<String, Offer> offers,
        Clock clock,
        Books books,
        Tariff tariff,
        Billing billing,
        Directory directory,
        Paging paging) {
    private static final Instant FOUNDED = Instant.parse("2024-01-01T00:00:00Z");

    Directory.Workspace defaultWorkspace() {
        return new Directory.Workspace(defaultWorkspaceId, "Default", FOUNDED, false);
    }
}
