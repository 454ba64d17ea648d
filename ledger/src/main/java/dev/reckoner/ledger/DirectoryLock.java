package dev.reckoner.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a ledger directory: one process at a time, held by a lock on the file "lock", which the system takes
 * back when the process dies however it dies. The file says the holder's process id.
 */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = "lock";

    /** The locked byte lies behind the text: some systems let nobody read what is locked. */
    private static final long LOCKED_BYTE = 1L << 40;

    private static final int TEXT_BYTES_MAX = 64;

    /**
     * Directories this process holds. Static because the system's lock belongs to the process: opening and closing the
     * file a second time would give up the first lock (POSIX fcntl).
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;
    private final FileLock lock;

    private DirectoryLock(Path key, FileChannel channel, FileLock lock) {
        this.key = key;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock; makes the directory, for its owner only, where there is none.
     *
     * @throws LedgerException where it can't be made or written, or another process holds it
     */
    static DirectoryLock take(Path directory) {
        Path key = prepare(directory);
        if (!HELD.add(key)) {
            throw inUse(directory, String.valueOf(ProcessHandle.current().pid()));
        }
        DirectoryLock taken = null;
        try {
            taken = take(directory, key);
            return taken;
        } catch (IOException e) {
            throw new LedgerException(
                    "the ledger directory " + directory + " can't be written (" + reason(e)
                            + "): make it writable for this user or choose another directory with --ledger",
                    e);
        } finally {
            if (taken == null) {
                HELD.remove(key);
            }
        }
    }

    private static Path prepare(Path directory) {
        try {
            if (Files.exists(directory) && !Files.isDirectory(directory)) {
                throw new LedgerException("the ledger " + directory
                        + " is a file, expected a directory: choose another directory with --ledger");
            }
            PrivateFiles.createDirectories(directory);
            return directory.toRealPath();
        } catch (IOException e) {
            throw new LedgerException(
                    "the ledger directory " + directory + " can't be made (" + reason(e)
                            + "): choose another directory with --ledger",
                    e);
        }
    }

    private static DirectoryLock take(Path directory, Path key) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            PrivateFiles.create(file);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = tryLock(channel);
            if (lock == null) {
                throw inUse(directory, holder(channel));
            }
            String pid = ProcessHandle.current().pid() + "\n";
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return new DirectoryLock(key, channel, lock);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(TEXT_BYTES_MAX);
        channel.read(text, 0);
        String pid = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
        return pid.isEmpty() ? "unknown" : pid;
    }

    private static LedgerException inUse(Path directory, String pid) {
        return new LedgerException("the ledger " + directory + " is in use by process PID " + pid
                + ": stop it or choose another directory with --ledger");
    }

    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName();
        return e.getMessage() == null ? name : name + " " + e.getMessage();
    }

    @Override
    public void close() {
        try {
            channel.truncate(0);
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new LedgerException("the ledger's lock file can't be given back: " + e, e);
        } finally {
            HELD.remove(key);
        }
    }
}
