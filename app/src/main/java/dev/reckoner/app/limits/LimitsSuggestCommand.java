package dev.reckoner.app.limits;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.limits.Recommended.Range;
import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Table;
import dev.reckoner.app.read.Account;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule;
import dev.reckoner.config.LimitRule.Subject;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code limits suggest}: rates per minute that suit a team of a size, and limits that say so. */
@Command(
        name = "suggest",
        sortOptions = false,
        description = "Suggest tokens and requests per minute for a team's size; sets nothing without --apply.")
final class LimitsSuggestCommand implements Callable<Integer> {
    private static final int TEAM_MAX = 100_000;

    private final Shell shell;
    private final Door door;

    @Option(names = "--team-size", required = true, paramLabel = "N", description = "How many people use it.")
    private int size;

    @Option(names = "--apply", description = "Set the limits for all together.")
    private boolean apply;

    @Option(
            names = {"-j", "--json"},
            description = "JSON.")
    private boolean json;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    @Spec
    private @Nullable CommandSpec spec;

    LimitsSuggestCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        if (spec != null && (size < 1 || size > TEAM_MAX)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--team-size': found " + size + ", expected 1 to " + TEAM_MAX);
        }
        Recommended row = Recommended.forTeam(size);
        List<LimitRule> rules = List.of(
                rule(Cap.Flow.ITPM, row.tokens().times(size)),
                rule(Cap.Flow.RPM, row.requests().times(size)));
        if (apply) {
            try (OpenBooks books = read.open(shell, door)) {
                rules.forEach(rule -> books.limits().set(rule, Account.name()));
            }
        }
        if (json) {
            printJson(row, rules);
        } else {
            print(row, rules);
        }
        return ExitCodes.FINE;
    }

    private static LimitRule rule(Cap.Flow flow, Range team) {
        return new LimitRule(Subject.ALL, new Cap.PerMinute(flow, team.limit()));
    }

    private void print(Recommended fitting, List<LimitRule> rules) {
        Table table = new Table(List.of(
                Column.text("Users", Integer.MAX_VALUE),
                Column.number("TPM\u00a0per\u00a0user"),
                Column.number("RPM\u00a0per\u00a0user"),
                Column.number("TPM\u00a0of\u00a0" + size),
                Column.number("RPM\u00a0of\u00a0" + size)));
        for (Recommended row : Recommended.all()) {
            boolean fits = row.equals(fitting);
            table.row(List.of(
                    row.users() + (fits ? " *" : ""),
                    words(row.tokens()),
                    words(row.requests()),
                    fits ? words(row.tokens().times(size)) : "",
                    fits ? words(row.requests().times(size)) : ""));
        }
        table.print(shell.out(), shell.columns(), shell.colours());
        shell.out().println();
        rules.forEach(rule -> shell.out().println((apply ? "Set: " : "reckoner limits set ") + rule));
        if (!apply) {
            shell.out().println("Nothing is set yet: --apply sets both.");
        }
    }

    private void printJson(Recommended row, List<LimitRule> rules) {
        Json.print(shell.out(), false, object -> {
            object.field("teamSize", size);
            object.field("users", row.users());
            object.object("perUser", each -> range(each, row.tokens(), row.requests()));
            object.object(
                    "team",
                    team -> range(team, row.tokens().times(size), row.requests().times(size)));
            object.array("limits", list -> {
                for (LimitRule rule : rules) {
                    list.item(rule.toString());
                }
            });
            object.field("applied", apply);
        });
    }

    private static void range(Json json, Range tokens, Range requests) throws IOException {
        json.field("tpmFrom", tokens.least());
        json.field("tpmTo", tokens.most());
        json.field("rpmFrom", requests.least());
        json.field("rpmTo", requests.most());
    }

    private static String words(Range range) {
        return words(range.least()) + "–" + words(range.most());
    }

    private static String words(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0
                ? Numbers.count(number.longValueExact())
                : number.stripTrailingZeros().toPlainString();
    }
}
