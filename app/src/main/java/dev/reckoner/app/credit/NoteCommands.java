package dev.reckoner.app.credit;

import dev.reckoner.app.command.Converters;
import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.read.Account;
import dev.reckoner.app.read.Door;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.credit.CreditNote;
import dev.reckoner.ledger.credit.CreditNote.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands below {@code credits} that record what an operator says; nothing recorded is ever changed. */
final class NoteCommands {
    private static final int CENTS = 2;

    private NoteCommands() {}

    /** Where a note is written, and the instant from which on it holds. */
    static final class Writing {
        @Option(
                names = "--at",
                paramLabel = "TIME",
                converter = Converters.Moment.class,
                description = "From when on it is so, as 2026-11-01T00:00Z or a UTC day; now without it.")
        private @Nullable Instant at;

        @Mixin
        private final ReadOptions read = new ReadOptions();

        @Spec(Spec.Target.MIXEE)
        private @Nullable CommandSpec command;

        int write(Shell shell, Door door, Kind kind, @Nullable BigDecimal amount, @Nullable BigDecimal upTo) {
            Instant now = shell.clock().instant();
            Instant from = at == null ? now : at;
            if (from.isAfter(now)) {
                throw wrong("Invalid value for option '--at': found " + from + ", expected no later than now");
            }
            try (OpenBooks books = read.open(shell, door)) {
                books.credits().record(new CreditNote(kind, from, amount, upTo, Account.name()));
            }
            return ExitCodes.FINE;
        }

        ParameterException wrong(String message) {
            if (command == null) {
                throw new IllegalStateException("not part of a command");
            }
            return new ParameterException(command.commandLine(), message);
        }
    }

    /** The command {@code credits set}. */
    @Command(
            name = "set",
            sortOptions = false,
            description = "Say what the balance is, as the vendor's Console shows it; what was added before is in it.")
    static final class Set implements Callable<Integer> {
        private final Shell shell;
        private final Door door;

        @Parameters(paramLabel = "USD", converter = Converters.Usd.class, description = "The balance.")
        private BigDecimal amount = BigDecimal.ZERO;

        @Mixin
        private final Writing writing = new Writing();

        Set(Shell shell, Door door) {
            this.shell = shell;
            this.door = door;
        }

        @Override
        public Integer call() {
            int code = writing.write(shell, door, Kind.SET, amount, null);
            shell.out().println("Balance set to " + Numbers.usd(amount, CENTS) + ".");
            return code;
        }
    }

    /** The command {@code credits add}. */
    @Command(name = "add", sortOptions = false, description = "Say that credits were added.")
    static final class Add implements Callable<Integer> {
        private final Shell shell;
        private final Door door;

        @Parameters(paramLabel = "USD", converter = Converters.Usd.class, description = "What was added.")
        private BigDecimal amount = BigDecimal.ZERO;

        @Mixin
        private final Writing writing = new Writing();

        Add(Shell shell, Door door) {
            this.shell = shell;
            this.door = door;
        }

        @Override
        public Integer call() {
            int code = writing.write(shell, door, Kind.ADDED, amount, null);
            shell.out().println("Added " + Numbers.usd(amount, CENTS) + ".");
            return code;
        }
    }

    /** The command {@code credits auto-reload}. */
    @Command(
            name = "auto-reload",
            sortOptions = false,
            description = "Say by which rule the vendor reloads. What follows from it is assumed and shown as such.")
    static final class AutoReload implements Callable<Integer> {
        private final Shell shell;
        private final Door door;

        @Option(
                names = "--below",
                paramLabel = "USD",
                converter = Converters.Usd.class,
                description = "Reloaded when less is left than this ...")
        private @Nullable BigDecimal below;

        @Option(names = "--to", paramLabel = "USD", converter = Converters.Usd.class, description = "... up to this.")
        private @Nullable BigDecimal to;

        @Option(names = "--off", description = "Nothing is reloaded any more.")
        private boolean off;

        @Mixin
        private final Writing writing = new Writing();

        AutoReload(Shell shell, Door door) {
            this.shell = shell;
            this.door = door;
        }

        @Override
        public Integer call() {
            boolean rule = below != null && to != null && below.compareTo(to) < 0;
            if (off ? below != null || to != null : !rule) {
                throw writing.wrong("expected --below USD and a larger --to USD, or --off alone");
            }
            int code = writing.write(shell, door, Kind.AUTO_RELOAD, below, to);
            shell.out().println(off ? "No reloads are assumed from then on." : "Reloads are assumed from then on.");
            return code;
        }
    }

    /** The command {@code credits warn}. */
    @Command(name = "warn", sortOptions = false, description = "Say when to be warned; see reckoner alerts.")
    static final class Warn implements Callable<Integer> {
        private final Shell shell;
        private final Door door;

        @Option(
                names = "--below",
                paramLabel = "USD",
                converter = Converters.Usd.class,
                description = "When less is left than this.")
        private @Nullable BigDecimal below;

        @Option(names = "--off", description = "Never.")
        private boolean off;

        @Mixin
        private final Writing writing = new Writing();

        Warn(Shell shell, Door door) {
            this.shell = shell;
            this.door = door;
        }

        @Override
        public Integer call() {
            if (off == (below != null)) {
                throw writing.wrong("expected --below USD or --off");
            }
            int code = writing.write(shell, door, Kind.WARN, below, null);
            shell.out().println(below == null ? "No warnings." : "Warned below " + Numbers.usd(below, CENTS) + ".");
            return code;
        }
    }
}
