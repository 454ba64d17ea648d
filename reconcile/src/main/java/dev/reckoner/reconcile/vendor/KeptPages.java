package dev.reckoner.reconcile.vendor;

import java.util.Optional;

/**
 * The pages of one pull, by what was asked. A pull that failed half-way goes on from what is here; a later one of the
 * same days has pages of its own, so that a restated bucket can be seen as such.
 */
public interface KeptPages {

    /** The page that this target was answered with earlier in this pull. */
    Optional<String> find(String target);

    /** Keeps a page as it came. */
    void keep(String target, String body);
}
