package dev.reckoner.ledger.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The directory that holds the journal's files: the seam at which tests fill the disk, break its sync, and cut the
 * power.
 */
interface JournalFiles {

    /** Names of all files, in no order. */
    List<String> names() throws IOException;

    /** A new file, open for appending. */
    Sink create(String name) throws IOException;

    /** An existing file, open for reading. */
    Source open(String name) throws IOException;

    /** Syncs an existing file, so that what can be read of it now can be read after a power cut. */
    void force(String name) throws IOException;

    void delete(String name) throws IOException;

    void rename(String from, String to) throws IOException;

    /** Makes the creation of files durable. */
    void forceDirectory() throws IOException;

    /** A file being appended to. */
    interface Sink extends Closeable {
        /** Writes all that remains in the buffer at the end of the file. */
        void write(ByteBuffer bytes) throws IOException;

        void force() throws IOException;
    }

    /** A file being read. */
    interface Source extends Closeable {
        /** Reads from a place in the file; returns the number of bytes, or -1 at the end. */
        int read(ByteBuffer into, long offset) throws IOException;

        long size() throws IOException;
    }
}
