package dev.reckoner.proxy.tap;

/** Takes bytes in the order in which they passed, split anywhere. The array is only lent for the call. */
interface ByteSink {

    void bytes(byte[] bytes, int offset, int length);

    /** The bytes were whole. */
    void end();
}
