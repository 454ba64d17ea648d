package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.kept.KeptReconciliations;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code reconcile show}: a reconciliation that was kept, again and in any form. */
@Command(
        name = "show",
        sortOptions = false,
        description = "Show a reconciliation that was made earlier, in any form; asks the vendor nothing.")
final class ShowCommand implements Callable<Integer> {

    private static final int NAMED_MAX = 3;

    private final Shell shell;
    private final Door door;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "As reconcile history lists it; the beginning is enough. Without it: the latest.")
    private String id = "";

    @Mixin
    private final ResultOptions format = new ResultOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    ShowCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        format.check();
        try (OpenBooks books = read.open(shell, door)) {
            KeptReconciliations kept = new KeptReconciliations(books.archive());
            String name = name(kept);
            Reconciliation found = kept.find(name)
                    .orElseThrow(() -> new CommandFailure(
                            "the kept reconciliation " + name + " can't be read; make one of the same days anew"));
            format.write(shell, found);
        }
        return ExitCodes.FINE;
    }

    private String name(KeptReconciliations kept) {
        List<String> names = kept.named(id);
        if (names.isEmpty()) {
            throw new CommandFailure(
                    id.isEmpty()
                            ? "no reconciliation was made yet; reckoner reconcile makes one"
                            : "found no kept reconciliation \"" + Text.harmless(id)
                                    + "\", expected one that reckoner reconcile history lists");
        }
        if (id.isEmpty() || names.size() == 1 || names.contains(id)) {
            return names.contains(id) ? id : names.get(0);
        }
        throw new CommandFailure("\"" + Text.harmless(id) + "\" is the beginning of " + names.size()
                + " kept reconciliations, such as "
                + String.join(", ", names.subList(0, Math.min(NAMED_MAX, names.size())))
                + "; expected more of it");
    }
}
