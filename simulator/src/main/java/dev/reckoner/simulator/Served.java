package dev.reckoner.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The simulator's own books: one receipt for each request it answered. Thread-safe; a receipt is booked when its last
 * byte has left or its connection has gone, so a reader that must see everything waits with {@link #awaitIdle}.
 */
public final class Served {
    private final int receiptsMax;
    private final Map<String, Receipt> receipts = new LinkedHashMap<>();
    private long requests;
    private long inFlight;

    Served(int receiptsMax) {
        this.receiptsMax = receiptsMax;
    }

    /** Requests whose receipt is booked. */
    public synchronized long requests() {
        return requests;
    }

    /** Requests that are being answered at this moment. */
    public synchronized long inFlight() {
        return inFlight;
    }

    /** Every receipt kept, in the order of booking. */
    public synchronized List<Receipt> receipts() {
        return new ArrayList<>(receipts.values());
    }

    /** The receipt of one request-id. */
    public synchronized Optional<Receipt> receipt(String requestId) {
        return Optional.ofNullable(receipts.get(requestId));
    }

    /** Counts as stated, summed over all messages whose final usage left, by model as served. */
    public synchronized Map<String, Counts> totals() {
        return totals(Receipt::finalUsage);
    }

    /** Counts as stated, summed by model as served over the receipts that a caller chooses. */
    public synchronized Map<String, Counts> totals(Predicate<Receipt> chosen) {
        Map<String, Counts> sums = new TreeMap<>();
        for (Receipt receipt : receipts.values()) {
            String model = receipt.model();
            if (model != null && chosen.test(receipt)) {
                sums.merge(model, receipt.stated(), Counts::plus);
            }
        }
        return sums;
    }

    /** Counts as stated, summed over all messages whose final usage left. */
    public Counts total() {
        return totals().values().stream().reduce(Counts.ZERO, Counts::plus);
    }

    /** Waits until nothing is being answered; false when the time ran out first. */
    public synchronized boolean awaitIdle(Duration max) throws InterruptedException {
        long deadline = System.nanoTime() + max.toNanos();
        while (inFlight > 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    synchronized void opened() {
        inFlight++;
    }

    synchronized void booked(Receipt receipt) {
        if (receipts.size() >= receiptsMax) {
            throw new IllegalStateException("the simulator keeps " + receiptsMax
                    + " receipts and all are used; start it with a larger receiptsMax");
        }
        if (receipts.put(receipt.requestId(), receipt) != null) {
            throw new IllegalStateException("two receipts for request-id " + receipt.requestId());
        }
        requests++;
        inFlight--;
        notifyAll();
    }
}
