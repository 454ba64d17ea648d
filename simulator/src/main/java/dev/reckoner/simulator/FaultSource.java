package dev.reckoner.simulator;

/** Chooses the fault of a request that asks for none itself; called on an event loop, one call for each request. */
@FunctionalInterface
public interface FaultSource {

    /** The fault to play, {@link Fault#NONE} for none. */
    Fault choose(long ordinal, String path);
}
