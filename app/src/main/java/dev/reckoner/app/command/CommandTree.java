package dev.reckoner.app.command;

import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.Door;
import dev.reckoner.config.ConfigException;
import dev.reckoner.console.ReportsFailed;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.reconcile.vendor.AdminApiException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The tree of commands, and what becomes of their errors: a sentence and an exit code, no stack trace. */
public final class CommandTree {
    private static final String HELP = "help";

    private final Shell shell;
    private final Door door;
    private final List<Object> moreOfRates = new ArrayList<>();

    public CommandTree(Shell shell, Door door) {
        this.shell = shell;
        this.door = door;
    }

    /** Takes a command that another part brings to {@code rates}. */
    public CommandTree withRates(Object command) {
        moreOfRates.add(command);
        return this;
    }

    /**
     * Builds it.
     *
     * @param more commands that other parts bring: serve, demo
     */
    public CommandLine commandLine(List<Object> more) {
        CommandLine root = new CommandLine(new RootCommand());
        help(root);
        more.forEach(command -> add(root, command));
        add(root, report("usage", Figure.View.TOKENS, "Tokens over any time, by anyone and anything."));
        add(root, report("cost", Figure.View.MONEY, "The same in money."));
        CalendarCommand.Kind.ALL.forEach(kind -> add(root, calendar(kind)));
        add(root, new SessionsCommand(shell, door));
        add(root, new EntriesCommand(shell, door, CommandTree::pause));
        add(root, new ExplainCommand(shell, door));
        add(root, new BatchesCommand(shell, door));
        add(root, new RateLimitsCommand(shell, door));
        add(root, new VerifyCommand(shell, door));
        add(root, AlertsCommand.withTest(shell, door));
        add(root, new AuditCommand(shell, door));
        CommandLine rates = new CommandLine(new RatesCommand());
        add(rates, new RatesListCommand(shell));
        add(rates, new RatesShowCommand(shell));
        add(rates, new RatesCheckCommand(shell));
        add(rates, new RatesDiffCommand(shell));
        add(rates, new RatesReloadCommand(shell, door));
        moreOfRates.forEach(command -> add(rates, command));
        add(root, rates);
        add(root, new RerateCommand(shell, door));
        add(root, new AttributeCommand(shell, door));
        CommandLine config = new CommandLine(new ConfigGroup());
        add(config, new ConfigInitCommand(shell));
        add(config, new ConfigCheckCommand(shell));
        add(config, new ConfigShowCommand(shell));
        add(root, config);
        root.setOut(shell.out());
        root.setErr(shell.err());
        root.setUsageHelpWidth(Math.max(80, Math.min(shell.columns(), 120)));
        root.setColorScheme(CommandLine.Help.defaultColorScheme(shell.colours() ? Ansi.ON : Ansi.OFF));
        root.setParameterExceptionHandler(wrongUse());
        root.setExecutionExceptionHandler(failure());
        return root;
    }

    private static void add(CommandLine parent, Object command) {
        CommandLine line = command instanceof CommandLine made ? made : new CommandLine(command);
        help(line);
        parent.addSubcommand(line);
    }

    /** Gives the option to a command and to those below it that don't have it yet. */
    private static void help(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        if (!spec.mixins().containsKey(HELP)) {
            spec.addMixin(HELP, CommandSpec.forAnnotatedObject(new HelpOption()));
        }
        line.getSubcommands().values().forEach(CommandTree::help);
    }

    private CommandLine report(String name, Figure.View view, String description) {
        return named(name, description, new ReportCommand(name, view, shell, door));
    }

    private CommandLine calendar(CalendarCommand.Kind kind) {
        return named(kind.name(), kind.description(), new CalendarCommand(kind, shell, door));
    }

    private static CommandLine named(String name, String description, Object command) {
        CommandLine line = new CommandLine(command);
        line.setCommandName(name);
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    private static boolean pause(Duration duration) {
        try {
            return !new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private IParameterExceptionHandler wrongUse() {
        return (ParameterException exception, String[] args) -> {
            CommandLine command = exception.getCommandLine();
            shell.err().println("reckoner: " + Text.harmless(String.valueOf(exception.getMessage())));
            UnmatchedArgumentException.printSuggestions(exception, shell.err());
            shell.err().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
            shell.err().flush();
            return ExitCodes.WRONG_USE;
        };
    }

    private IExecutionExceptionHandler failure() {
        return (Exception exception, CommandLine command, CommandLine.ParseResult parsed) -> {
            if (exception instanceof ConfigException config) {
                config.problems().forEach(problem -> shell.err().println("reckoner: " + problem));
                return ExitCodes.WRONG_USE;
            }
            boolean expected = exception instanceof CommandFailure
                    || exception instanceof LedgerException
                    || exception instanceof ReportsFailed
                    || exception instanceof AdminApiException
                    || exception instanceof UncheckedIOException;
            Throwable cause = exception.getCause();
            boolean wrapped = exception instanceof UncheckedIOException;
            String message = wrapped && cause != null ? cause.getMessage() : exception.getMessage();
            shell.err().println("reckoner: " + Text.harmless(String.valueOf(message)));
            if (!expected) {
                shell.err().println("This is a fault of Reckoner's own; please report it with what follows.");
                exception.printStackTrace(shell.err());
            }
            shell.err().flush();
            return ExitCodes.FAILED;
        };
    }

    /** The command {@code config}: without a command of its own it is wrong use. */
    @Command(
            name = "config",
            sortOptions = false,
            synopsisSubcommandLabel = "COMMAND",
            description = "Write, check and show the settings.")
    static final class ConfigGroup implements Runnable {

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public void run() {
            if (spec != null) {
                throw new ParameterException(spec.commandLine(), "Missing command: expected init, check or show");
            }
        }
    }
}
