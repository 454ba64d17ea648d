package dev.reckoner.reconcile.match;

import java.util.Collection;

/**
 * Which instant the vendor books an exchange by, solved from the data, because it isn't documented (api-facts §6): the
 * ledger's own, unless more keys' counts come out even by the other one.
 */
final class Midnight {

    private Midnight() {}

    /** Whether the other instant explains the bill better. */
    static boolean otherInstant(Collection<CellFacts> cells) {
        int asBooked = 0;
        int byTheOther = 0;
        for (CellFacts facts : cells) {
            for (String key : facts.keys()) {
                long moved = facts.moved(key);
                long open = facts.used(key) - facts.counted(key);
                asBooked += moved != 0 && open == 0 ? 1 : 0;
                byTheOther += moved != 0 && open == moved ? 1 : 0;
            }
        }
        return byTheOther > asBooked;
    }
}
