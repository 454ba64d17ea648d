package dev.reckoner.ledger.trail;

/** A trail that can be added to. */
public interface TrailBook extends Trail {

    /** Notes a change that was made just now; it is on disk when this returns. */
    void note(Actor actor, Change change);
}
