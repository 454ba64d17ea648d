package dev.reckoner.proxy.accept;

/** Who takes requests on: the seam between accepting and forwarding. */
@FunctionalInterface
public interface Exchanges {

    /** Begins the exchange of this request, on the event loop of its connection. */
    Request begin(RequestReader from, RequestHead head);
}
