package dev.reckoner.ledger.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk under the embedded database that can be full: then no byte can be written and everything can be read. Public,
 * for the database makes its paths itself.
 */
public final class FullDisk extends FilePathWrapper {
    /** What paths on it begin with. */
    static final String SCHEME = "fulldisk";

    private static volatile boolean full;

    static void register() {
        FilePath.register(new FullDisk());
    }

    static void full(boolean value) {
        full = value;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    private static void expectRoom() throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
    }

    private static final class Channel extends FileBase {
        private final FileChannel base;

        Channel(FileChannel base) {
            this.base = base;
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            return base.read(to);
        }

        @Override
        public synchronized int read(ByteBuffer to, long position) throws IOException {
            return base.read(to, position);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            expectRoom();
            return base.write(from);
        }

        @Override
        public synchronized int write(ByteBuffer from, long position) throws IOException {
            expectRoom();
            return base.write(from, position);
        }

        @Override
        public long position() throws IOException {
            return base.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            base.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return base.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            base.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            base.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return base.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            base.close();
        }
    }
}
