package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.Settings;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code organization}: what the vendor lists of the organisation and how it meets the ledger. */
@Command(
        name = "organization",
        sortOptions = false,
        description = {
            "List the organisation's keys, workspaces, users and rate limits, and which the ledger knows.",
            "Needs an Admin key in $ANTHROPIC_ADMIN_KEY."
        })
public final class OrganizationCommand implements Callable<Integer> {

    private final Shell shell;
    private final Door door;

    @Option(names = "--format", paramLabel = "FORM", description = "table, json or csv. Default: table.")
    private Form form = Form.table;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    public OrganizationCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        Settings settings = read.load(shell);
        try (OpenBooks books = read.open(shell, door)) {
            LocalDate today = LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC);
            Meeting meeting = new Meeting(
                    new AdminPull(shell, settings, books.archive()).organization(), books.reports(), today.plusDays(1));
            switch (form) {
                case table -> new OrganizationText(shell, meeting).print();
                case json -> new OrganizationData(meeting).json(shell.out());
                case csv -> new OrganizationData(meeting).csv(shell.out());
            }
        }
        return ExitCodes.FINE;
    }
}
