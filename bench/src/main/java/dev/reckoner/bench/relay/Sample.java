package dev.reckoner.bench.relay;

/**
 * One run with what it cost the target.
 *
 * @param cpuMicros user and system time of the target's processes until the last response
 * @param settledMicros the same until the processes were quiet again, with everything done behind the responses
 * @param residentMib resident memory right after the last response
 */
record Sample(Run run, long cpuMicros, long settledMicros, long residentMib) {

    double cpuPerExchange() {
        return (double) cpuMicros / run.exchanges();
    }

    double settledPerExchange() {
        return (double) settledMicros / run.exchanges();
    }
}
