package dev.reckoner.app.limits;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Json;
import dev.reckoner.app.output.Labels;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.limit.Limit;
import dev.reckoner.ledger.limit.LimitChange;
import dev.reckoner.ledger.limit.Standing;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code limits show}: one limit, how it stands, and what was done to it. */
@Command(name = "show", sortOptions = false, description = "Show one limit with all that was done to it.")
final class LimitsShowCommand implements Callable<Integer> {
    private static final int CHANGES_MAX = 100;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Shell shell;
    private final Door door;

    @Parameters(arity = "1..*", paramLabel = "LIMIT", description = "Its id, or as the list has it: user=* 50/day")
    private List<String> words = List.of();

    @Option(
            names = {"-j", "--json"},
            description = "JSON; amounts are exact decimals in strings.")
    private boolean json;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    LimitsShowCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            List<Standing> all = books.limits().standings();
            Limit limit = RuleWords.named(all, words);
            List<Standing> standings = all.stream()
                    .filter(standing -> standing.limit().id().equals(limit.id()))
                    .toList();
            List<LimitChange> changes = books.limits().changes(limit.id(), Long.MAX_VALUE, CHANGES_MAX);
            if (json) {
                printJson(standings, changes);
            } else {
                print(limit, standings, changes);
            }
        }
        return ExitCodes.FINE;
    }

    private void print(Limit limit, List<Standing> standings, List<LimitChange> changes) {
        boolean books = limit.origin() == Limit.Origin.BOOKS;
        shell.out()
                .println(limit.id() + "  " + Text.harmless(limit.rule().toString())
                        + (books ? "" : "  (stands in the settings)"));
        Labels labels = new Labels(shell.out(), shell.columns());
        for (LimitChange change : changes) {
            labels.say(
                    "",
                    TIME.format(change.at()) + " " + change.action().name().toLowerCase(Locale.ROOT) + " "
                            + change.rule() + " (" + change.by() + ")");
        }
        shell.out().println();
        new LimitTableText(shell).print(standings);
    }

    private void printJson(List<Standing> standings, List<LimitChange> changes) {
        Json.print(shell.out(), false, object -> {
            object.array("limits", list -> {
                for (Standing standing : standings) {
                    list.object(one -> LimitData.write(one, standing));
                }
            });
            object.array("changes", list -> {
                for (LimitChange change : changes) {
                    list.object(one -> {
                        one.field("at", change.at());
                        one.field("action", change.action());
                        one.field("limit", change.rule());
                        one.field("by", change.by());
                    });
                }
            });
        });
    }
}
