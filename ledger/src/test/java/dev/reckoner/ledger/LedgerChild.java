package dev.reckoner.ledger;

import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings.BookingInstant;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A process that books exchanges until it is killed, and says on standard output what it was told is on disk: {@code O}
 * for an opening, {@code N} for a note with the final usage, {@code C} for an entry, each with the exchange's id.
 */
final class LedgerChild {
    private static final int IN_FLIGHT_MAX = 64;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
    private final Semaphore room = new Semaphore(IN_FLIGHT_MAX);

    private LedgerChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[0]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[1]));
        Ledger ledger = Ledger.open(
                LedgerTest.settings(directory, BookingInstant.END), RateTables.builtIn(), Clock.systemUTC());
        new LedgerChild().run(ledger, random);
    }

    private void run(Ledger ledger, SplittableRandom random) throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            room.acquire();
            ExchangeId id = ledger.ids().next();
            int kind = random.nextInt(4);
            ledger.open(Exchanges.opening(id), failure -> {
                say('O', id, failure);
                goOn(ledger, id, kind);
            });
        }
    }

    /** One in four is closed at once, one after a note, one only noted, one stays as it was opened. */
    private void goOn(Ledger ledger, ExchangeId id, int kind) {
        switch (kind) {
            case 0 -> close(ledger, id);
            case 1 -> note(ledger, id, () -> close(ledger, id));
            case 2 -> note(ledger, id, room::release);
            default -> room.release();
        }
    }

    private void note(Ledger ledger, ExchangeId id, Runnable then) {
        ledger.note(Exchanges.complete(id), failure -> {
            say('N', id, failure);
            then.run();
        });
    }

    private void close(Ledger ledger, ExchangeId id) {
        ledger.close(Exchanges.complete(id), failure -> {
            say('C', id, failure);
            room.release();
        });
    }

    private void say(char what, ExchangeId id, @Nullable Throwable failure) {
        if (failure == null) {
            out.println(what + " " + id);
        }
    }
}
