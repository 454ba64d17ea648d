package dev.reckoner.ledger.journal;

/**
 * A place between two frames of the journal; places sort as the frames do.
 *
 * @param segment number of the segment file, from 1
 * @param offset bytes from the start of the file; 0 stands for "before the first frame"
 */
public record Position(long segment, long offset) implements Comparable<Position> {

    /** Before every frame. */
    public static final Position START = new Position(0, 0);

    @Override
    public int compareTo(Position other) {
        int bySegment = Long.compare(segment, other.segment);
        return bySegment != 0 ? bySegment : Long.compare(offset, other.offset);
    }
}
