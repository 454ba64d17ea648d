package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.reconcile.vendor.ApiKey;
import dev.reckoner.reconcile.vendor.Organization;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An organisation on a terminal: keys, workspaces, users and rate limits, a table each. */
final class OrganizationText {

    private static final int NAME_LEAST = 12;
    private static final int WORD_LEAST = 8;

    private final Shell shell;
    private final Meeting meeting;
    private final Set<String> leftOut = new LinkedHashSet<>();

    OrganizationText(Shell shell, Meeting meeting) {
        this.shell = shell;
        this.meeting = meeting;
    }

    void print() {
        Organization organization = meeting.organization();
        keys(organization.keys());
        workspaces(organization.workspaces());
        users(organization.users());
        limits(organization.limits());
        Footnotes notes = new Footnotes();
        notes.add("In the ledger: whether anything was ever booked to it; users by their e-mail address.");
        if (organization.keys().stream().anyMatch(meeting::collides)) {
            notes.add("Keys that share a hint can't be told apart on the wire; they count as one.");
        }
        Set<String> unlisted = meeting.unlisted();
        if (!unlisted.isEmpty()) {
            notes.add("Booked and not listed, so of another organisation or deleted: " + String.join(", ", unlisted)
                    + ".");
        }
        organization.notes().forEach(notes::add);
        if (!leftOut.isEmpty()) {
            notes.add("Left out for the width: " + String.join(", ", leftOut) + "; --format json has all.");
        }
        notes.print(shell);
    }

    private void keys(List<ApiKey> keys) {
        Table table = new Table(List.of(
                Column.text("Key", NAME_LEAST),
                Column.text("Id", "apikey_0165uoydfs40zu90c40thyos".length(), 1),
                Column.text("Hint", "sk-ant-api03-R2D...igAA".length()),
                Column.text("Status", WORD_LEAST),
                Column.text("Workspace", WORD_LEAST),
                Column.text("Ledger", "not seen, shared hint".length())));
        for (ApiKey key : keys) {
            String hint = key.hint();
            String status = key.status();
            table.row(List.of(
                    key.name(),
                    key.id(),
                    hint == null ? "not shown" : hint,
                    status == null ? "" : status,
                    meeting.workspace(key.workspaceId()),
                    seen(meeting.seen(key)) + (meeting.collides(key) ? ", shared hint" : "")));
        }
        print(table);
    }

    private void workspaces(List<Organization.Workspace> workspaces) {
        if (workspaces.isEmpty()) {
            return;
        }
        shell.out().println();
        Table table = new Table(List.of(
                Column.text("Workspace", NAME_LEAST),
                Column.text("Id", NAME_LEAST),
                Column.text("Status", WORD_LEAST),
                Column.text("Ledger", WORD_LEAST)));
        for (Organization.Workspace workspace : workspaces) {
            String use = workspace.standard() ? "default" : "active";
            table.row(List.of(
                    workspace.name(),
                    workspace.id(),
                    workspace.archived() ? "archived" : use,
                    seen(meeting.seen(workspace))));
        }
        print(table);
    }

    private void users(List<Organization.User> users) {
        if (users.isEmpty()) {
            return;
        }
        shell.out().println();
        Table table = new Table(List.of(
                Column.text("User", NAME_LEAST),
                Column.text("E-mail", NAME_LEAST),
                Column.text("Id", NAME_LEAST, 1),
                Column.text("Role", WORD_LEAST),
                Column.text("Ledger", WORD_LEAST)));
        for (Organization.User user : users) {
            table.row(List.of(user.name(), user.email(), user.id(), user.role(), seen(meeting.seen(user))));
        }
        print(table);
    }

    private void limits(List<Organization.RateLimit> limits) {
        if (limits.isEmpty()) {
            return;
        }
        shell.out().println();
        Table table = new Table(List.of(
                Column.text("Limits\u00a0of", NAME_LEAST),
                Column.text("For", "Claude Sonnet 4.6".length()),
                Column.number("Requests/min"),
                Column.number("Input/min"),
                Column.number("Output/min"),
                Column.text("Other\u00a0limits", "enqueued batch requests 100,000".length(), 1)));
        Map<List<String>, Map<String, String>> groups = new LinkedHashMap<>();
        for (Organization.RateLimit limit : limits) {
            Long value = limit.value();
            String owner = limit.workspaceId() == null ? "organisation" : meeting.workspace(limit.workspaceId());
            groups.computeIfAbsent(List.of(owner, limit.group().replace('_', ' ')), none -> new LinkedHashMap<>())
                    .put(limit.type(), value == null ? "none" : Numbers.count(value));
        }
        groups.forEach((group, values) -> table.row(List.of(
                group.get(0),
                group.get(1),
                take(values, "requests_per_minute"),
                take(values, "input_tokens_per_minute"),
                take(values, "output_tokens_per_minute"),
                values.entrySet().stream()
                        .map(other -> other.getKey().replace('_', ' ') + " " + other.getValue())
                        .collect(Collectors.joining(", ")))));
        print(table);
    }

    private static String take(Map<String, String> values, String type) {
        String value = values.remove(type);
        return value == null ? "" : value;
    }

    private void print(Table table) {
        leftOut.addAll(table.print(shell.out(), shell.columns(), shell.colours()));
    }

    private static String seen(boolean yes) {
        return yes ? "seen" : "not seen";
    }
}
