package dev.reckoner.app.command;

import dev.reckoner.app.output.Json;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.alert.StoredAlert;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code alerts test}: posts an alert that means nothing, and says whether it was taken. */
@Command(
        name = "test",
        sortOptions = false,
        description = "Post an alert that means nothing to alerts.webhook, once. Exit 1 where it isn't taken.")
final class AlertsTestCommand implements Callable<Integer> {
    private final Shell shell;
    private final Door door;

    @Option(
            names = {"-j", "--json"},
            description = "JSON.")
    private boolean json;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    AlertsTestCommand(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    @Override
    public Integer call() {
        try (OpenBooks books = read.open(shell, door)) {
            StoredAlert tested = books.alerts().test();
            boolean sent = tested.delivery() == StoredAlert.Delivery.SENT;
            if (json) {
                Json.print(shell.out(), false, object -> AlertsCommand.write(object, tested));
            } else if (sent) {
                shell.out().println("Sent and taken: the webhook works.");
            } else {
                shell.out().println("Not sent: " + tested.problem() + ".");
            }
            return sent ? ExitCodes.FINE : ExitCodes.FAILED;
        }
    }
}
