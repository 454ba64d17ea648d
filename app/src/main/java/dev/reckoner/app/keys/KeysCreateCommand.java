package dev.reckoner.app.keys;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.FormatOptions;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Account;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.CredentialRule;
import dev.reckoner.ledger.keys.ClientTrust;
import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code keys create}: makes a key and prints it, once. */
@Command(name = "create", sortOptions = false, description = "Make a key and print it, once.")
final class KeysCreateCommand implements Callable<Integer> {
    private static final int TEXT_CHARS_MAX = 256;

    private final Shell shell;
    private final Door door;

    @Option(names = "--user", paramLabel = "NAME", description = "Whose use of it is.")
    private @Nullable String user;

    @Option(names = "--team", paramLabel = "NAME", description = "The team it is charged to.")
    private @Nullable String team;

    @Option(names = "--project", paramLabel = "NAME", description = "The project it is charged to.")
    private @Nullable String project;

    @Option(names = "--tag", paramLabel = "K=V", description = "A tag for all it is used for; repeat it for more.")
    private final List<String> tags = new ArrayList<>();

    @Option(names = "--name", paramLabel = "NAME", description = "What the key is called, such as ada-laptop.")
    private String name = "";

    @Option(
            names = "--models",
            paramLabel = "ID",
            split = ",",
            description = "Only these models may be asked for; exact ids, separated by commas.")
    private final List<String> models = new ArrayList<>();

    @Option(
            names = "--budget",
            paramLabel = "USD/PERIOD",
            description = "What may be spent with it, such as 50/day, 300/week or 1000/month; a limit of its own.")
    private @Nullable String budget;

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            converter = Expiry.Converter.class,
            description = "30d, 12h, or the last UTC day, such as 2026-12-31. Without it: never.")
    private @Nullable Expiry expires;

    @Option(
            names = "--credential",
            paramLabel = "NAME",
            description = "The vendor's key it is served with, by its name in the settings. Default: default.")
    private String credential = CredentialRule.DEFAULT;

    @Option(
            names = "--trust",
            paramLabel = "WHAT",
            description = "What its client may say: none, sessions (and tags), users (as an app does that serves many)."
                    + " Default: sessions.")
    private String trust = "sessions";

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    KeysCreateCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        KeyDraft draft = draft(shell.clock().instant());
        try (OpenBooks books = read.open(shell, door)) {
            IssuedKey issued = books.keys().create(draft, Account.name());
            new KeyText(shell).issued(issued, format);
        }
        return ExitCodes.FINE;
    }

    private KeyDraft draft(Instant now) {
        ClientTrust trusted = trust();
        if (user == null && team == null && project == null && trusted != ClientTrust.USERS) {
            throw wrong("Missing option: expected --user, --team or --project, so that somebody is charged");
        }
        Instant until = expires == null ? null : expires.instant(now);
        if (until != null && !until.isAfter(now)) {
            throw wrong("Invalid value for option '--expires': found a day that is over, expected one to come");
        }
        tags.forEach(tag -> text("--tag", tag));
        models.forEach(model -> text("--models", model));
        return new KeyDraft(
                name.isEmpty() ? name : text("--name", name),
                maybe("--user", user),
                maybe("--team", team),
                maybe("--project", project),
                tags,
                models,
                text("--credential", credential),
                trusted,
                until,
                maybe("--budget", budget));
    }

    private ClientTrust trust() {
        for (ClientTrust each : ClientTrust.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(trust)) {
                return each;
            }
        }
        throw wrong("Invalid value for option '--trust': found \"" + trust + "\", expected none, sessions or users");
    }

    private @Nullable String maybe(String option, @Nullable String value) {
        return value == null ? null : text(option, value);
    }

    private String text(String option, String value) {
        String text = value.strip();
        if (text.isEmpty() || text.length() > TEXT_CHARS_MAX || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong("Invalid value for option '" + option + "': expected 1 to " + TEXT_CHARS_MAX
                    + " characters that can be printed");
        }
        return text;
    }

    private ParameterException wrong(String message) {
        if (spec == null) {
            throw new IllegalStateException("not part of a command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
