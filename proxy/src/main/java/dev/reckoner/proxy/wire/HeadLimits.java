package dev.reckoner.proxy.wire;

/**
 * How large a head may be.
 *
 * @param firstLineBytes request line or status line, without its line end
 * @param headerBytes all field lines together
 * @param fields number of field lines
 */
public record HeadLimits(int firstLineBytes, int headerBytes, int fields) {}
