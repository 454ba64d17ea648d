package dev.reckoner.ledger.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The journal's files in memory, with a disk that can be full, fail to sync, and lose what wasn't synced when the power
 * goes. Thread-safe.
 */
final class FakeFiles implements JournalFiles {
    private static final int PAGE = 64;

    private final TreeMap<String, Data> files = new TreeMap<>();
    private long space = Long.MAX_VALUE;
    private boolean syncBroken;
    private int syncsToFail;
    private int forces;

    /** A file: its bytes, how many of them are synced, and whether its name is. */
    private static final class Data {
        private byte[] bytes = new byte[0];
        private int synced;
        private boolean nameSynced;
    }

    /** So many more bytes can be written. */
    synchronized void space(long bytes) {
        space = bytes;
    }

    /** Every sync fails from now on, or none does. */
    synchronized void breakSync(boolean broken) {
        syncBroken = broken;
    }

    /** The next so many syncs fail. */
    synchronized void failSyncs(int count) {
        syncsToFail = count;
    }

    synchronized int forces() {
        return forces;
    }

    synchronized byte[] bytes(String name) {
        return data(name).bytes.clone();
    }

    /** Puts a file as if it had been there, synced. */
    synchronized void put(String name, byte[] bytes) {
        Data data = new Data();
        data.bytes = bytes.clone();
        data.synced = bytes.length;
        data.nameSynced = true;
        files.put(name, data);
    }

    synchronized void remove(String name) {
        files.remove(name);
    }

    /** What is left when the process dies: all that was written. */
    synchronized FakeFiles afterKill() {
        FakeFiles left = new FakeFiles();
        files.forEach((name, data) -> left.put(name, data.bytes));
        return left;
    }

    /** What is left when the power goes: what was synced, and of each later page either nothing, or zeros, or all. */
    synchronized FakeFiles afterPowerCut(SplittableRandom random) {
        FakeFiles left = new FakeFiles();
        files.forEach((name, data) -> {
            if (data.nameSynced || random.nextBoolean()) {
                left.put(name, survivors(data, random));
            }
        });
        return left;
    }

    private static byte[] survivors(Data data, SplittableRandom random) {
        int size = data.synced + random.nextInt(data.bytes.length - data.synced + 1);
        byte[] left = Arrays.copyOf(data.bytes, size);
        for (int page = data.synced; page < size; page += PAGE) {
            if (random.nextInt(3) == 0) {
                Arrays.fill(left, page, Math.min(size, page + PAGE), (byte) 0);
            }
        }
        return left;
    }

    @Override
    public synchronized List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized Sink create(String name) throws IOException {
        if (files.containsKey(name)) {
            throw new IOException(name + " exists");
        }
        files.put(name, new Data());
        return new FakeSink(name);
    }

    @Override
    public synchronized Source open(String name) throws IOException {
        if (!files.containsKey(name)) {
            throw new FileNotFoundException(name);
        }
        return new FakeSource(name);
    }

    @Override
    public synchronized void force(String name) throws IOException {
        forces++;
        Data data = data(name);
        if (syncBroken || syncsToFail-- > 0) {
            throw new IOException("Input/output error");
        }
        data.synced = data.bytes.length;
    }

    @Override
    public synchronized void delete(String name) {
        files.remove(name);
    }

    @Override
    public synchronized void rename(String from, String to) {
        files.put(to, data(from));
        files.remove(from);
    }

    @Override
    public synchronized void forceDirectory() {
        files.values().forEach(data -> data.nameSynced = true);
    }

    /** The bytes as they are now; an append makes a new array. */
    private synchronized byte[] current(String name) {
        return data(name).bytes;
    }

    private Data data(String name) {
        @Nullable Data data = files.get(name);
        if (data == null) {
            throw new IllegalStateException(name + " is not there");
        }
        return data;
    }

    /** Like a real file system, writes as much as fits before it says that the disk is full. */
    private synchronized void append(String name, ByteBuffer bytes) throws IOException {
        Data data = data(name);
        int room = (int) Math.min(space, bytes.remaining());
        int end = data.bytes.length;
        data.bytes = Arrays.copyOf(data.bytes, end + room);
        bytes.get(data.bytes, end, room);
        space -= room;
        if (bytes.hasRemaining()) {
            throw new IOException("No space left on device");
        }
    }

    private final class FakeSink implements Sink {
        private final String name;
        private boolean failed;

        FakeSink(String name) {
            this.name = name;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            append(name, bytes);
        }

        /** After a failed sync a real kernel reports success though the pages are gone; nobody must ask again. */
        @Override
        public void force() throws IOException {
            if (failed) {
                throw new AssertionError("a sync was repeated after it had failed");
            }
            try {
                FakeFiles.this.force(name);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }

        @Override
        public void close() {}
    }

    private final class FakeSource implements Source {
        private final String name;

        FakeSource(String name) {
            this.name = name;
        }

        @Override
        public int read(ByteBuffer into, long offset) {
            byte[] bytes = current(name);
            if (offset >= bytes.length) {
                return -1;
            }
            int count = (int) Math.min(into.remaining(), bytes.length - offset);
            into.put(bytes, (int) offset, count);
            return count;
        }

        @Override
        public long size() {
            return current(name).length;
        }

        @Override
        public void close() {}
    }
}
