package dev.reckoner.console.http;

import java.io.ByteArrayOutputStream;

/** A byte buffer that refuses to grow past a limit. */
final class BoundedBytes extends ByteArrayOutputStream {

    private final int most;

    BoundedBytes(int most) {
        super(1024);
        this.most = most;
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
            throw Problem.of(
                    413, "the answer is longer than " + most + " bytes; ask for a shorter time or for fewer groups");
        }
    }
}
