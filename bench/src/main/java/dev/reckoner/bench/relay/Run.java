package dev.reckoner.bench.relay;

/**
 * What the load client saw of one run.
 *
 * @param nanos from the first request to the end of the last response
 * @param p50Nanos of the time from a request to the end of its response
 * @param bytes of responses, heads and framing included
 */
record Run(int exchanges, long nanos, long p50Nanos, long p90Nanos, long bytes) {

    /** Exchanges a second. */
    double perSecond() {
        return exchanges * 1e9 / nanos;
    }
}
