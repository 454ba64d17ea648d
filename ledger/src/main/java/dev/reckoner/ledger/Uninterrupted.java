package dev.reckoner.ledger;

/** Waiting that an interrupt doesn't cut short; the interrupt is kept for whoever comes next. */
public final class Uninterrupted {

    private Uninterrupted() {}

    /** Something that waits, and can be done again where it was interrupted. */
    public interface Wait {
        /** Waits. */
        void run() throws InterruptedException;
    }

    /** Returns once the thread has ended. */
    public static void join(Thread thread) {
        run(thread::join);
    }

    /** Runs it until it returns. */
    public static void run(Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                wait.run();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
