package dev.reckoner.app.reconcile;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Reports;
import dev.reckoner.reconcile.booked.LedgerReader;
import dev.reckoner.reconcile.identity.Identity;
import dev.reckoner.reconcile.vendor.ApiKey;
import dev.reckoner.reconcile.vendor.Organization;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the vendor lists of an organisation, and what of it the ledger has ever booked. */
final class Meeting {

    private final Organization organization;
    private final Map<String, List<String>> collisions;
    private final Identity identity;
    private final Set<String> keys;
    private final Set<String> workspaces;
    private final Set<String> users;

    /**
     * Looks everything up.
     *
     * @param until the day after the last that counts
     */
    Meeting(Organization organization, Reports reports, LocalDate until) {
        this.organization = organization;
        this.identity = new Identity(
                organization.keys(),
                organization.workspaces().stream()
                        .filter(workspace -> !workspace.standard())
                        .map(Organization.Workspace::id)
                        .collect(Collectors.toSet()));
        this.collisions = identity.collisions();
        LedgerReader ledger = new LedgerReader(reports, identity);
        this.keys = ledger.keysSeen(until);
        this.workspaces = ledger.seen(Dimension.WORKSPACE, until);
        this.users =
                ledger.seen(Dimension.USER, until).stream().map(Meeting::folded).collect(Collectors.toSet());
    }

    Organization organization() {
        return organization;
    }

    /** Whether the ledger has booked a key, or one that it can't be told from. */
    boolean seen(ApiKey key) {
        String name = identity.ofVendorKey(key.id());
        return name != null && keys.contains(name);
    }

    /** Whether other keys have the same hint, so that they can't be told apart. */
    boolean collides(ApiKey key) {
        String hint = key.hint();
        return hint != null && collisions.containsKey(hint);
    }

    boolean seen(Organization.Workspace workspace) {
        return workspaces.contains(workspace.id());
    }

    /** Whether the ledger has booked something to a user of this e-mail address. */
    boolean seen(Organization.User user) {
        return users.contains(folded(user.email()));
    }

    /** Hints of keys that the ledger has booked and the vendor doesn't list: of another organisation, or deleted. */
    Set<String> unlisted() {
        Set<String> unlisted = new TreeSet<>(keys);
        unlisted.remove(Identity.ALL_KEYS);
        organization.keys().forEach(key -> unlisted.remove(String.valueOf(identity.ofVendorKey(key.id()))));
        return unlisted;
    }

    /** The name of a workspace; of the default one where there is no id. */
    String workspace(@Nullable String id) {
        return organization.workspaces().stream()
                .filter(workspace ->
                        id == null ? workspace.standard() : workspace.id().equals(id))
                .map(Organization.Workspace::name)
                .findFirst()
                .orElse(id == null ? "Default" : id);
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
