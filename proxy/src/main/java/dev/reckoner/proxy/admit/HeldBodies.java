package dev.reckoner.proxy.admit;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory all request bodies together take that are held until their exchange is admitted. Any thread. */
public final class HeldBodies {

    /** The part of the memory that held bodies may take. */
    private static final int PART_OF_MEMORY = 4;

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    /** Holds up to that many bytes at once. */
    HeldBodies(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Holds as much as this machine has room for. */
    public static HeldBodies ofThisMachine() {
        return new HeldBodies(Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
    }

    /** Takes room; false, and nothing taken, where there is none. */
    public boolean take(int length) {
        if (bytes.addAndGet(length) > bytesMax) {
            bytes.addAndGet(-length);
            return false;
        }
        return true;
    }

    /** Gives room back. */
    public void give(long length) {
        bytes.addAndGet(-length);
    }

    /** Bytes held at the moment. */
    public long bytes() {
        return bytes.get();
    }
}
