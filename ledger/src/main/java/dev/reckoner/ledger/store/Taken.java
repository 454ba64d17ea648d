package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Entry;

/**
 * Is told what the store has taken, right after the commit, on the applier's thread and while nobody reads under
 * {@link Applier#still}. Never blocks, never throws.
 */
public interface Taken {

    /** Takes no notice. */
    Taken NOBODY = new Taken() {
        @Override
        public void entry(Entry entry) {
            // nobody wants to know
        }

        @Override
        public void correction(Entry replaced, Entry by) {
            // nobody wants to know
        }
    };

    /** An entry is in the store, which wasn't there before. */
    void entry(Entry entry);

    /** An entry has taken the place of another one. */
    void correction(Entry replaced, Entry by);
}
