package dev.reckoner.proxy;

/**
 * How a proxy stands now.
 *
 * @param exchangesInFlight begun and not yet at their end
 * @param exchangesUnbooked served without being booked since the start
 * @param drains exchanges whose client is lost and whose upstream is read on
 * @param clientConnections open connections of clients
 * @param upstreamOpen open connections to the upstream
 * @param upstreamIdle those of them that no exchange uses
 * @param upstreamWaiting exchanges that wait for a new one
 */
public record ProxyState(
        long exchangesInFlight,
        long exchangesUnbooked,
        int drains,
        int clientConnections,
        int upstreamOpen,
        int upstreamIdle,
        int upstreamWaiting) {}
