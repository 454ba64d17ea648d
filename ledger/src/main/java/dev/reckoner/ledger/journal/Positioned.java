package dev.reckoner.ledger.journal;

/**
 * A frame as read, with the place to go on reading behind it.
 *
 * @param next the place behind the frame: the mark to keep once the frame was taken
 */
public record Positioned(Position next, Frame frame) {}
