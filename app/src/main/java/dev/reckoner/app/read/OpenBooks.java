package dev.reckoner.app.read;

import dev.reckoner.ledger.Reports;

/**
 * Books open for reading; close them after use.
 *
 * @param source where they are read from, in words
 * @param closing what closing them does
 */
public record OpenBooks(Reports reports, String source, Runnable closing) implements AutoCloseable {

    @Override
    public void close() {
        closing.run();
    }
}
