package dev.reckoner.config;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that holds for a stretch of time. */
interface Dated {

    /** First instant at which it holds, null for always. */
    @Nullable
    Instant from();

    /** First instant at which it no longer holds, null for open. */
    @Nullable
    Instant to();

    /** Whether it holds at that instant. */
    default boolean holds(Instant at) {
        Instant from = from();
        Instant to = to();
        return (from == null || !at.isBefore(from)) && (to == null || at.isBefore(to));
    }

    /** Whether both hold at some instant. */
    default boolean meets(Dated other) {
        return beginsBeforeEnd(this, other) && beginsBeforeEnd(other, this);
    }

    private static boolean beginsBeforeEnd(Dated one, Dated other) {
        Instant from = one.from();
        Instant to = other.to();
        return from == null || to == null || from.isBefore(to);
    }
}
