package dev.reckoner.ledger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A watch that never throws, whatever the one behind it does; that is logged once (P8). */
final class QuietWatch implements BooksWatch {
    private static final Logger LOG = LoggerFactory.getLogger(QuietWatch.class);

    private final BooksWatch watch;
    private volatile boolean told;

    QuietWatch(BooksWatch watch) {
        this.watch = watch;
    }

    @Override
    public void made(Entry entry) {
        quietly(() -> watch.made(entry));
    }

    @Override
    public void corrected(Entry replaced, Entry by) {
        quietly(() -> watch.corrected(replaced, by));
    }

    @Override
    public void written(long bytes) {
        quietly(() -> watch.written(bytes));
    }

    @Override
    public void synced(long nanos) {
        quietly(() -> watch.synced(nanos));
    }

    private void quietly(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException e) {
            if (!told) {
                told = true;
                LOG.error("what watches the books failed; metrics are short of something from here on", e);
            }
        }
    }
}
