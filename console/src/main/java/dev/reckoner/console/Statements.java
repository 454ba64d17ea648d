package dev.reckoner.console;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.credit.CreditStatement;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is drawn up from the books and the vendor's bill together, by a module that knows both: JSON and HTML that the
 * console hands on as they are. Methods block; those that ask the vendor may do so for minutes.
 */
public interface Statements {

    /** What should be left of prepaid credits; empty where no balance was ever stated. */
    Optional<CreditStatement> credits();

    /** The reconciliations that were kept last, the latest first, each a JSON object without its single differences. */
    List<String> reconciliations(int limit);

    /** A kept reconciliation as JSON; empty where there is none of that id. */
    Optional<String> reconciliation(String id);

    /** The same as a page of its own. */
    Optional<String> reconciliationHtml(String id);

    /**
     * Reconciles some days with the bill as it is now, and keeps the result.
     *
     * @return its id
     * @throws Unavailable where the bill can't be had
     */
    String reconcile(LocalDate from, LocalDate to);

    /**
     * What the bill of some days has and no response states.
     *
     * @param to inclusive
     */
    Unstated unstated(LocalDate from, LocalDate to);

    /**
     * What some days came to in what no response states, USD.
     *
     * @param daysReconciled how many of them were reconciled
     */
    record Unstated(int daysReconciled, BigDecimal codeExecution, BigDecimal sessionTime) {}

    /** How a month was split when it was closed, or last since the start, as JSON; empty where it was neither. */
    Optional<String> chargeback(YearMonth month, Dimension by);

    /** The same as a page of its own. */
    Optional<String> chargebackHtml(YearMonth month, Dimension by);

    /**
     * Splits a month that isn't closed, by the bill as it is now.
     *
     * @throws Unavailable where the bill can't be had
     */
    void split(YearMonth month);

    /** The bill can't be had; the message says why and what to do. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** With a message for whoever asked. */
        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
