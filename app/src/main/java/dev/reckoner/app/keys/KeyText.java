package dev.reckoner.app.keys;

import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.FormatOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Labels;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.output.Text;
import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.VirtualKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Keys for people: a table of many, all about one, and a new secret with what to do with it. */
final class KeyText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Shell shell;

    KeyText(Shell shell) {
        this.shell = shell;
    }

    void list(List<VirtualKey> keys) {
        if (keys.isEmpty()) {
            shell.out().println("No keys; reckoner keys create makes one.");
            return;
        }
        Table table = new Table(List.of(
                Column.text("Id", Integer.MAX_VALUE, 3),
                Column.text("Key", Integer.MAX_VALUE),
                Column.text("Name", 6),
                Column.text("User", 6),
                Column.text("Team", 6),
                Column.text("Credential", 7, 2),
                Column.text("Holds", 16, 1)));
        Instant now = shell.clock().instant();
        keys.forEach(key -> table.row(List.of(
                key.id(),
                key.secret().hint(),
                key.name().isEmpty() ? "-" : key.name(),
                stated(key.user()),
                stated(key.team()),
                key.credential(),
                holds(key, now, DAY))));
        List<String> leftOut = table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes notes = new Footnotes();
        notes.add("Only the ends of a key are kept. All about one: reckoner keys show KEY");
        if (!leftOut.isEmpty()) {
            notes.add("Left out to fit " + shell.columns() + " columns: " + String.join(", ", leftOut)
                    + "; a wider terminal, --json and --csv have them.");
        }
        notes.print(shell);
    }

    void show(VirtualKey key, List<KeyChange> changes) {
        shell.out().println("Key " + Text.harmless(called(key)));
        Labels labels = new Labels(shell.out(), shell.columns());
        labels.say("Id", key.id());
        labels.say("For", whom(key));
        labels.say("Holds", holds(key, shell.clock().instant(), TIME));
        labels.say("Served", "with the credential " + key.credential());
        labels.say("Models", key.models().isEmpty() ? "all" : String.join(", ", key.models()));
        labels.say(
                "Client",
                switch (key.trust()) {
                    case NONE -> "may name nothing";
                    case SESSIONS -> "may name sessions and tags";
                    case USERS -> "may name users, sessions and tags";
                });
        shell.out().println();
        for (KeyChange change : changes) {
            String detail = change.detail().isEmpty() ? "" : ", " + change.detail();
            labels.say("", TIME.format(change.at()) + " " + change.what() + detail + " (" + change.origin() + ")");
        }
    }

    /** A new secret, in the form asked for. */
    void issued(IssuedKey issued, FormatOptions format) {
        if (format.json()) {
            KeyData.json(shell.out(), issued, shell.clock().instant());
            return;
        }
        if (format.csv()) {
            KeyData.csv(shell.out(), issued, shell.clock().instant());
            return;
        }
        VirtualKey key = issued.key();
        shell.out().println("Key " + key.id() + " for " + Text.harmless(whom(key)) + ":");
        shell.out().println();
        shell.out().println("  " + issued.secret());
        Footnotes notes = new Footnotes();
        notes.add("It is shown this once; the books keep a hash of it. It goes where the vendor's key went:"
                + " ANTHROPIC_API_KEY, or ANTHROPIC_AUTH_TOKEN for Claude Code.");
        if (key.former() != null && key.formerUntil() != null) {
            notes.add("The key before it, " + key.former().hint() + ", holds until " + TIME.format(key.formerUntil())
                    + " UTC.");
        }
        notes.print(shell);
    }

    /** What a key is called in a sentence. */
    static String called(VirtualKey key) {
        return key.name().isEmpty()
                ? key.secret().hint()
                : key.name() + " (" + key.secret().hint() + ")";
    }

    private static String whom(VirtualKey key) {
        StringJoiner whom = new StringJoiner(", ");
        stated(whom, "user ", key.user());
        stated(whom, "team ", key.team());
        stated(whom, "project ", key.project());
        key.tags().forEach(tag -> whom.add("tag " + tag));
        return whom.length() == 0 ? "whoever its client names" : whom.toString();
    }

    private static void stated(StringJoiner whom, String label, @Nullable String value) {
        if (value != null) {
            whom.add(label + value);
        }
    }

    private static String stated(@Nullable String value) {
        return value == null ? "-" : value;
    }

    private static String holds(VirtualKey key, Instant now, DateTimeFormatter form) {
        return switch (key.state(now)) {
            case VALID -> key.expiresAt() == null ? "for good" : "until " + form.format(key.expiresAt());
            case EXPIRED -> key.expiresAt() == null ? "expired" : "expired " + form.format(key.expiresAt());
            case REVOKED -> key.revokedAt() == null ? "revoked" : "revoked " + form.format(key.revokedAt());
        };
    }
}
