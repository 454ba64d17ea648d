package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.Footnotes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.Settings;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.statement.Headline;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code claude-code}: the vendor's analytics of Claude Code per person, beside what the ledger has of them. */
@Command(
        name = "claude-code",
        sortOptions = false,
        description = {
            "Show who used Claude Code, by the vendor's analytics, beside what the ledger booked to them.",
            "For information: the vendor's figures are estimates and aren't billed. Needs an Admin key",
            "in $ANTHROPIC_ADMIN_KEY."
        })
public final class ClaudeCodeCommand implements Callable<Integer> {

    private static final int PERSON_LEAST = 12;

    private final Shell shell;
    private final Door door;

    @Mixin
    private final DayOptions days = new DayOptions();

    @Option(names = "--format", paramLabel = "FORM", description = "table, json or csv. Default: table.")
    private Form form = Form.table;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    public ClaudeCodeCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        ReconcileRequest request = days.request(shell, BigDecimal.ZERO);
        Settings settings = read.load(shell);
        try (OpenBooks books = read.open(shell, door)) {
            List<Coder> coders = Coders.of(
                    new AdminPull(shell, settings, books.archive()).claudeCode(request), books.reports(), request);
            switch (form) {
                case table -> table(request, coders);
                case json -> json(request, coders);
                case csv -> csv(coders);
            }
        }
        return ExitCodes.FINE;
    }

    private void table(ReconcileRequest request, List<Coder> coders) {
        shell.out().println("Claude Code by person, " + request.from() + " to " + request.to() + " UTC");
        if (coders.isEmpty()) {
            shell.out().println("The vendor lists nobody.");
            return;
        }
        shell.out().println();
        Table table = new Table(List.of(
                Column.text("Person", PERSON_LEAST),
                Column.number("Sessions", 1),
                Column.number("Lines", 2),
                Column.number("Commits", 2),
                Column.number("Tokens"),
                Column.number("Estimate"),
                Column.number("Booked tokens"),
                Column.number("Booked"),
                Column.text("Same", "key's name".length())));
        for (Coder coder : coders) {
            Coder.Booked booked = coder.booked();
            table.row(List.of(
                    coder.name().isEmpty() ? "(not stated)" : coder.name(),
                    Numbers.count(coder.work().sessions()),
                    "+" + Numbers.count(coder.work().linesAdded()) + " -"
                            + Numbers.count(coder.work().linesRemoved()),
                    Numbers.count(coder.work().commits()),
                    Numbers.count(coder.tokens()),
                    Headline.usd(coder.estimate()),
                    booked == null ? "" : Numbers.count(booked.tokens()),
                    booked == null ? "" : Headline.usd(booked.amount()),
                    booked == null ? "no match" : booked.by().words()));
        }
        List<String> leftOut = table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes notes = new Footnotes();
        notes.add("Information only: the vendor estimates Claude Code's cost in whole cents per day and model, an hour"
                + " behind, and doesn't bill by it; reckoner reconcile compares what is billed.");
        notes.add(
                "Booked: everything that the ledger has of the same person or key, whether Claude Code sent it or not."
                        + " Same: what is the same on both sides.");
        if (!leftOut.isEmpty()) {
            notes.add("Left out for the width: " + String.join(", ", leftOut) + "; --format json has all.");
        }
        notes.print(shell);
    }

    private void json(ReconcileRequest request, List<Coder> coders) {
        Json.print(shell.out(), false, object -> {
            object.field("from", request.from().toString());
            object.field("to", request.to().toString());
            object.field("information_only", true);
            object.array("people", list -> {
                for (Coder coder : coders) {
                    list.object(json -> write(json, coder));
                }
            });
        });
    }

    private static void write(Json json, Coder coder) throws IOException {
        Coder.Booked booked = coder.booked();
        json.field("name", coder.name());
        json.field("sessions", coder.work().sessions());
        json.field("lines_added", coder.work().linesAdded());
        json.field("lines_removed", coder.work().linesRemoved());
        json.field("commits", coder.work().commits());
        json.field("pull_requests", coder.work().pullRequests());
        json.field("tokens", coder.tokens());
        json.field("estimated_amount", coder.estimate());
        json.field("same", booked == null ? null : booked.by().words());
        if (booked != null) {
            json.field("booked_tokens", booked.tokens());
            json.field("booked_amount", booked.amount());
        }
    }

    private void csv(List<Coder> coders) {
        List<List<String>> records = new ArrayList<>();
        records.add(List.of(
                "name",
                "sessions",
                "lines_added",
                "lines_removed",
                "commits",
                "pull_requests",
                "tokens",
                "estimated_amount",
                "same",
                "booked_tokens",
                "booked_amount"));
        for (Coder coder : coders) {
            Coder.Booked booked = coder.booked();
            records.add(List.of(
                    Csv.text(coder.name()),
                    Long.toString(coder.work().sessions()),
                    Long.toString(coder.work().linesAdded()),
                    Long.toString(coder.work().linesRemoved()),
                    Long.toString(coder.work().commits()),
                    Long.toString(coder.work().pullRequests()),
                    Long.toString(coder.tokens()),
                    Numbers.exact(coder.estimate()),
                    booked == null ? "" : booked.by().words(),
                    booked == null ? "" : Long.toString(booked.tokens()),
                    booked == null ? "" : Numbers.exact(booked.amount())));
        }
        Csv.write(shell.out(), records);
    }
}
