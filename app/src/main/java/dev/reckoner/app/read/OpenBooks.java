package dev.reckoner.app.read;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Corrections;
import dev.reckoner.ledger.Reports;

/**
 * Books open for reading, correcting and filing; close them after use.
 *
 * @param source where they are read from, in words
 * @param closing what closing them does
 */
public record OpenBooks(Reports reports, Corrections corrections, Archive archive, String source, Runnable closing)
        implements AutoCloseable {

    @Override
    public void close() {
        closing.run();
    }
}
