package dev.reckoner.app.limits;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.FormatOptions;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.limit.Standing;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code limits list}: every limit and how it stands. */
@Command(name = "list", sortOptions = false, description = "List limits: what is spent, reserved and left of each.")
final class LimitsListCommand implements Callable<Integer> {
    private final Shell shell;
    private final Door door;

    @Mixin
    private final FormatOptions format = new FormatOptions();

    @Mixin
    private final ReadOptions read = new ReadOptions();

    LimitsListCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            List<Standing> standings = books.limits().standings();
            if (format.json()) {
                LimitData.json(shell.out(), standings);
            } else if (format.csv()) {
                LimitData.csv(shell.out(), standings);
            } else {
                new LimitTableText(shell).print(standings);
            }
        }
        return ExitCodes.FINE;
    }
}
