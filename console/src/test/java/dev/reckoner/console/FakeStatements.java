package dev.reckoner.console;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.credit.CreditStatement;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements that were written down, and a bill that can be had or not. */
final class FakeStatements implements Statements {

    static final String ID = "rec_1";
    static final YearMonth MONTH = YearMonth.of(2026, 11);

    final List<String> asked = new ArrayList<>();
    boolean available = true;

    @Override
    public Optional<CreditStatement> credits() {
        return Optional.empty();
    }

    @Override
    public List<String> reconciliations(int limit) {
        return List.of("{\"id\":\"rec_1\"}", "{\"id\":\"rec_0\"}").subList(0, Math.min(2, limit));
    }

    @Override
    public Optional<String> reconciliation(String id) {
        return id.equals(ID) ? Optional.of("{\"id\":\"rec_1\",\"variances\":[]}") : Optional.empty();
    }

    @Override
    public Optional<String> reconciliationHtml(String id) {
        return id.equals(ID) ? Optional.of("<!doctype html><title>1</title>") : Optional.empty();
    }

    @Override
    public String reconcile(LocalDate from, LocalDate to) {
        ask(from + "/" + to);
        return ID;
    }

    @Override
    public Unstated unstated(LocalDate from, LocalDate to) {
        return new Unstated((int) ChronoUnit.DAYS.between(from, to), new BigDecimal("0.125"), BigDecimal.ZERO);
    }

    @Override
    public Optional<String> chargeback(YearMonth month, Dimension by) {
        return month.equals(MONTH) ? Optional.of("{\"month\":\"2026-11\",\"by\":\"" + by + "\"}") : Optional.empty();
    }

    @Override
    public Optional<String> chargebackHtml(YearMonth month, Dimension by) {
        return month.equals(MONTH) ? Optional.of("<!doctype html><title>" + by + "</title>") : Optional.empty();
    }

    @Override
    public void split(YearMonth month) {
        ask(month.toString());
    }

    private void ask(String what) {
        if (!available) {
            throw new Unavailable("found no Admin key, expected one in ANTHROPIC_ADMIN_KEY", null);
        }
        asked.add(what);
    }
}
