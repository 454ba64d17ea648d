package dev.reckoner.bench.relay;

import java.net.InetSocketAddress;

/** Something that answers as the upstream does: a proxy before it, or the upstream itself. Closing ends its process. */
interface Target extends AutoCloseable {

    /** The name in the table. */
    String name();

    InetSocketAddress address();

    /** Its processes, none where it is this one. */
    ProcessFigures figures();

    @Override
    void close();
}
