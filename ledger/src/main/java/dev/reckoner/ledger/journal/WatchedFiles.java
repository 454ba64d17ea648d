package dev.reckoner.ledger.journal;

import dev.reckoner.ledger.BooksWatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongSupplier;

/** The journal's files with somebody who is told what is written to them and how long syncs take. */
final class WatchedFiles implements JournalFiles {
    private final JournalFiles files;
    private final BooksWatch watch;
    private final LongSupplier nanos;

    WatchedFiles(JournalFiles files, BooksWatch watch, LongSupplier nanos) {
        this.files = files;
        this.watch = watch;
        this.nanos = nanos;
    }

    @Override
    public List<String> names() throws IOException {
        return files.names();
    }

    @Override
    public Sink create(String name) throws IOException {
        return new WatchedSink(files.create(name));
    }

    @Override
    public Source open(String name) throws IOException {
        return files.open(name);
    }

    @Override
    public void force(String name) throws IOException {
        files.force(name);
    }

    @Override
    public void delete(String name) throws IOException {
        files.delete(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        files.rename(from, to);
    }

    @Override
    public void forceDirectory() throws IOException {
        files.forceDirectory();
    }

    private final class WatchedSink implements Sink {
        private final Sink sink;

        WatchedSink(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            int length = bytes.remaining();
            sink.write(bytes);
            watch.written(length);
        }

        @Override
        public void force() throws IOException {
            long since = nanos.getAsLong();
            sink.force();
            watch.synced(nanos.getAsLong() - since);
        }

        @Override
        public void close() throws IOException {
            sink.close();
        }
    }
}
