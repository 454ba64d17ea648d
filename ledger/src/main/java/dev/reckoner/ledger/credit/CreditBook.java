package dev.reckoner.ledger.credit;

import java.util.List;

/** The door to what was said of the prepaid credits. Methods block on the database. */
public interface CreditBook {

    /** All that was ever recorded, in the order of recording. */
    List<CreditEvent> events();

    /** Records a note; it is on disk when this returns. */
    void record(CreditNote note);
}
