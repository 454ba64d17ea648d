package dev.reckoner.bench.relay;

import java.net.InetSocketAddress;

/** No proxy at all: the floor of the latency and the ceiling of the load client. */
record Direct(InetSocketAddress address) implements Target {

    static final String NAME = "direct";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ProcessFigures figures() {
        return ProcessFigures.NONE;
    }

    @Override
    public void close() {}
}
