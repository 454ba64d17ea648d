package dev.reckoner.app.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command clean up when the process is asked to end (Ctrl-C): the wish is signalled, and the process waits until
 * the command has closed this. The command's thread is not interrupted, because that could close files under it.
 */
final class Ending implements AutoCloseable {
    private static final int CLEAN_UP_MAX_SECONDS = 40;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Ending() {
        hook = new Thread(this::end, "ending");
    }

    /** Signals from now on. */
    static Ending watch() {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(ending.hook);
        return ending;
    }

    /** Waits until the end is asked for. */
    void await() throws InterruptedException {
        asked.await();
    }

    @Override
    public void close() {
        done.countDown();
        if (wanted()) {
            return;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            asked.countDown(); // the process began to end at this very moment
        }
    }

    /** Whether the end was asked for. */
    boolean wanted() {
        return asked.getCount() == 0;
    }

    private void end() {
        asked.countDown();
        try {
            boolean inTime = done.await(CLEAN_UP_MAX_SECONDS, TimeUnit.SECONDS);
            assert inTime;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
