package dev.reckoner.proxy.record;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Batches;
import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.ExchangeIds;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Route;
import io.netty.util.concurrent.EventExecutor;
import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Begins exchanges: booked ones, or unbooked ones where the operator prefers service to books. Safe on any thread. */
public final class Recorder {

    private final Books books;
    private final Batches batches;
    private final Settings.JournalUnwritable unwritable;
    private final ExchangeIds ids;
    private final Shared shared;
    private final LongAdder unbooked = new LongAdder();
    private final LongAdder begun = new LongAdder();

    public Recorder(Books books, Batches batches, Settings.JournalUnwritable unwritable, ExchangeIds ids, Clock clock) {
        this.books = books;
        this.batches = batches;
        this.unwritable = unwritable;
        this.ids = ids;
        this.shared = new Shared(clock, new Seldom(System::nanoTime), new LongAdder());
    }

    /** The clock of all instants in the books. */
    public Clock clock() {
        return shared.clock();
    }

    /** Whether a new exchange is to be refused because it couldn't be booked. */
    public boolean refusing() {
        return unwritable == Settings.JournalUnwritable.REFUSE && !books.accepting();
    }

    /** Exchanges served without being booked since the start. */
    public long unbooked() {
        return unbooked.sum();
    }

    /** Exchanges that have begun and have not come to their end; exact where nothing happens meanwhile. */
    public long inFlight() {
        long ended = shared.finished().sum();
        return begun.sum() - ended;
    }

    /**
     * Begins an exchange on its event loop.
     *
     * @param opening the opening as far as known, for the id it is given; asked again for every frame
     */
    public Exchange begin(EventExecutor loop, Function<ExchangeId, Opening> opening) {
        ExchangeId id = ids.next();
        boolean booked = unwritable == Settings.JournalUnwritable.REFUSE || books.accepting();
        if (!booked) {
            unbooked.increment();
        }
        begun.increment();
        return new Exchange(id, booked ? books : Books.NONE, loop, shared, () -> opening.apply(id));
    }

    /**
     * What an exchange will say about batches; null where the exchange itself isn't booked.
     *
     * @param batchId the batch whose results it downloads, null where it doesn't
     * @param created told on its event loop the id of a batch that it created
     * @param room told on its event loop when there is room again after {@link BatchBooking#full}
     */
    public @Nullable BatchBooking batches(
            Exchange exchange, Route route, @Nullable String batchId, Consumer<String> created, Runnable room) {
        return exchange.booked() ? new BatchBooking(exchange, batches, route, batchId, created, room) : null;
    }
}
