package dev.reckoner.console.http;

import java.io.ByteArrayOutputStream;

/** A byte buffer that refuses to grow past a limit. */
final class BoundedBytes extends ByteArrayOutputStream {

    private final int most;
    private final String tooMany;

    /**
     * An empty buffer.
     *
     * @param tooMany what is said where there are more bytes
     */
    BoundedBytes(int most, String tooMany) {
        super(1024);
        this.most = most;
        this.tooMany = tooMany;
    }

    @Override
    public synchronized void write(int b) {
        expectRoom(1);
        super.write(b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        expectRoom(length);
        super.write(bytes, offset, length);
    }

    private void expectRoom(int length) {
        if (length > most - size()) {
            throw Problem.of(413, tooMany);
        }
    }
}
