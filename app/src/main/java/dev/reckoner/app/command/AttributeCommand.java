package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.People.Person;
import dev.reckoner.config.PeopleFile;
import dev.reckoner.ledger.AttributeQuery;
import dev.reckoner.ledger.AttributeResult;
import dev.reckoner.ledger.AttributeResult.Assigned;
import dev.reckoner.ledger.AttributionRule;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code attribute}: whose entries are that nobody was named for, and the corrections that book it. */
@Command(
        name = "attribute",
        sortOptions = false,
        description = "Say whose exchanges were that name nobody; books nothing without --apply.")
final class AttributeCommand implements Callable<Integer> {
    private static final Span WEEK = new Span(7, "d");
    private static final int NAME_LEAST = 8;

    private final Shell shell;
    private final Door door;

    @Option(names = "--to-user", paramLabel = "NAME", description = "To this user.")
    private @Nullable String user;

    @Option(names = "--to-team", paramLabel = "NAME", description = "To this team.")
    private @Nullable String team;

    @Option(names = "--to-project", paramLabel = "NAME", description = "To this project.")
    private @Nullable String project;

    @Option(
            names = "--people",
            paramLabel = "FILE",
            description = "To whoever this file says that their key, or their team, is; as attribution.people.")
    private @Nullable Path people;

    @Option(names = "--apply", description = "Book the corrections.")
    private boolean apply;

    @Mixin
    private final PeriodOptions period = new PeriodOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(
            names = {"-j", "--json"},
            description = "JSON; amounts are exact decimals in strings.")
    private boolean json;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    AttributeCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        Period asked = period.period(shell.clock(), WEEK);
        AttributeQuery query = new AttributeQuery(asked.from(), asked.until(), filter.where(), rules(), apply);
        try (OpenBooks books = read.open(shell, door)) {
            AttributeResult result = books.corrections().attribute(query);
            if (json) {
                printJson(asked, result, books.source());
            } else {
                print(asked, result);
            }
        }
        return ExitCodes.FINE;
    }

    private List<AttributionRule> rules() {
        List<AttributionRule> rules = new ArrayList<>();
        if (people != null) {
            PeopleFile.load(people).all().forEach(person -> rules(rules, person));
        }
        if (user != null || team != null || project != null) {
            rules.add(new AttributionRule(AttributionRule.Of.ALL, "", user, team, project));
        }
        if (rules.isEmpty() && spec != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Missing option: expected --to-user, --to-team, --to-project, or --people with somebody in it");
        }
        return rules;
    }

    /** The keys first: who they belong to may have a team that follows from the name. */
    private static void rules(List<AttributionRule> rules, Person person) {
        for (String key : person.keys()) {
            rules.add(new AttributionRule(AttributionRule.Of.KEY, key, person.user(), person.team(), person.project()));
        }
        if (person.user() != null) {
            rules.add(
                    new AttributionRule(AttributionRule.Of.USER, person.user(), null, person.team(), person.project()));
        }
    }

    private void print(Period asked, AttributeResult result) {
        shell.out().println("Attributed afterwards, " + asked.words());
        if (result.changed() == 0) {
            shell.out().println("Nothing changes in " + counted(result.entries()) + ".");
            return;
        }
        shell.out().println();
        Table table = new Table(List.of(
                Column.text("User", NAME_LEAST),
                Column.text("Team", NAME_LEAST),
                Column.text("Project", NAME_LEAST),
                Column.number("Exchanges"),
                Column.number("Cost\u00a0(USD)")));
        BigDecimal all = result.assigned().stream().map(Assigned::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        int places = Numbers.places(all);
        for (Assigned assigned : result.assigned()) {
            table.row(List.of(
                    Names.group(assigned.user()),
                    Names.group(assigned.team()),
                    Names.group(assigned.project()),
                    Numbers.count(assigned.exchanges()),
                    Numbers.usd(assigned.amount(), places)));
        }
        table.total(List.of("Total", "", "", Numbers.count(result.changed()), Numbers.usd(all, places)));
        table.print(shell.out(), shell.columns(), shell.colours());
        Footnotes notes = new Footnotes();
        notes.add("USD, each rounded once, half-even, from its exact sum; --json has them exact.");
        notes.add(Numbers.count(result.changed()) + " of " + counted(result.entries())
                + (result.booked()
                        ? " named nobody; the corrections are booked, reckoner explain shows both."
                        : " named nobody. Nothing is booked yet: --apply books it."));
        notes.print(shell);
    }

    private static String counted(long entries) {
        return Numbers.count(entries) + (entries == 1 ? " entry" : " entries");
    }

    private void printJson(Period asked, AttributeResult result, String source) {
        Json.print(shell.out(), false, object -> {
            object.field("from", asked.from());
            object.field("until", asked.until());
            object.field("entries", result.entries());
            object.field("changed", result.changed());
            object.field("booked", result.booked());
            object.array("assigned", all -> {
                for (Assigned assigned : result.assigned()) {
                    all.object(one -> {
                        one.field("user", assigned.user());
                        one.field("team", assigned.team());
                        one.field("project", assigned.project());
                        one.field("exchanges", assigned.exchanges());
                        one.field("amount", assigned.amount());
                    });
                }
            });
            object.field("source", source);
        });
    }
}
