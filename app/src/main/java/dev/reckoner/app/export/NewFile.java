package dev.reckoner.app.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that appears whole under its name, or not at all: written beside it, synced, renamed. */
final class NewFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final Path written;
    private final FileChannel channel;
    private final OutputStream out;

    NewFile(Path path) throws IOException {
        this.path = path;
        this.written = path.resolveSibling(temporary(path));
        this.channel = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    }

    /** What it is called until it is whole: hidden, so that no reader of the directory takes it. */
    private static String temporary(Path path) {
        return "." + path.getFileName() + Parts.UNFINISHED;
    }

    OutputStream out() {
        return out;
    }

    void commit() throws IOException {
        out.flush();
        channel.force(true);
        channel.close();
        Files.move(written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            channel.close();
            Files.deleteIfExists(written);
        }
    }
}
