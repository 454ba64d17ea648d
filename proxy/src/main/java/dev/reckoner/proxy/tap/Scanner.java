package dev.reckoner.proxy.tap;

/** Reads a message from the decoded bytes of a body. */
interface Scanner extends ByteSink {

    /** What is known so far. */
    MessageFacts facts();

    /** Whether a stream's message_start has passed. */
    default boolean started() {
        return false;
    }

    /** Whether a stream's message_stop has passed. */
    default boolean stopped() {
        return false;
    }
}
