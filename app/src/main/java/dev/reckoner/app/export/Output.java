package dev.reckoner.app.export;

import java.io.IOException;

/** Where rows go. What was added is there for others once it is committed, and then whole; what never is, leaves nothing. */
interface Output<R> extends AutoCloseable {

    /** Adds a row. */
    void add(R row) throws IOException;

    /** Whether it can be committed before the end, so that a run that broke off can go on. */
    boolean inParts();

    /** Whether it should be committed soon: it holds as much as it may. */
    default boolean full() {
        return false;
    }

    /**
     * Makes what was added visible.
     *
     * @param next behind which entry the next part begins
     */
    void commit(long next) throws IOException;

    /** Gives up what isn't committed. */
    @Override
    void close() throws IOException;
}
