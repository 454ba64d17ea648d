package dev.reckoner.app.reconcile;

import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.SettleResult;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.settle.SettlePlan;
import dev.reckoner.reconcile.settle.Settled;
import dev.reckoner.reconcile.statement.Headline;
import dev.reckoner.reconcile.vendor.Pulled;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Books what the bill settles of a reconciliation's differences. */
final class SettleStep {

    private final OpenBooks books;
    private final SettlePlan plan;

    SettleStep(OpenBooks books, Settings settings) {
        this.books = books;
        this.plan = new SettlePlan(
                books.reports(), RateTables.load(settings.rating().ratesFiles()));
    }

    /** Settles, and says what was and what wasn't, a sentence each. */
    List<String> settle(Reconciliation result, Pulled pulled, LocalDate lateFrom) {
        Settled settled = plan.of(result, pulled, lateFrom);
        List<String> notes = new ArrayList<>();
        if (!settled.settlements().isEmpty()) {
            notes.add(settled(books.corrections().settle(settled.settlements()), result.id()));
        }
        Map<String, Integer> reasons = new TreeMap<>();
        settled.left().forEach(left -> reasons.merge(left.reason(), 1, Integer::sum));
        reasons.forEach((reason, count) -> notes.add("Not settled: " + exchanges(count) + ", because " + reason + "."));
        if (notes.isEmpty()) {
            notes.add("There was nothing to settle: no exchange of these days is estimated or of unknown usage.");
        }
        return notes;
    }

    private static String settled(SettleResult result, String id) {
        return "Settled " + exchanges(result.settled()) + " by the hours of the bill: " + Headline.usd(result.before())
                + " booked before, " + Headline.usd(result.after()) + " now. What differed before is in " + id + ".";
    }

    private static String exchanges(long count) {
        return Numbers.count(count) + (count == 1 ? " exchange" : " exchanges");
    }
}
