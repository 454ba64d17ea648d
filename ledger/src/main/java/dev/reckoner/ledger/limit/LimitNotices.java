package dev.reckoner.ledger.limit;

import dev.reckoner.config.Cap;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.limit.Account.Shortage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said about limits: to a client that is refused or warned, and to the operator. */
final class LimitNotices {
    /** Percentages that are warned of, the nearest first. */
    private static final List<Integer> WARNED = List.of(95, 75);

    private LimitNotices() {}

    /** Budgets that are nearly used up, the nearest first. */
    static List<Warning> warnings(List<Account> accounts) {
        List<Warning> warnings = new ArrayList<>();
        for (Account account : accounts) {
            if (account instanceof BudgetAccount budget && budget.nearlyGone(WARNED.get(WARNED.size() - 1))) {
                warnings.add(new Warning(
                        budget.limit().id(),
                        budget.percent(/* withHeld= */ true),
                        LimitWords.of(budget),
                        budget.window().end()));
            }
        }
        if (warnings.size() > 1) {
            warnings.sort(Comparator.comparingInt(Warning::percent).reversed());
        }
        return warnings;
    }

    static Refusal refused(Shortage shortage, Instant now) {
        Account account = shortage.account();
        return new Refusal(
                kind(account.limit().rule().cap()),
                account.limit().id(),
                LimitWords.refusal(shortage, now),
                shortage.retryAfter());
    }

    /** To be raised once in a window; once a day where there is none. */
    static Alert refusal(Shortage shortage, Instant now) {
        Account account = shortage.account();
        Instant window =
                account instanceof BudgetAccount budget ? budget.window().start() : now.truncatedTo(ChronoUnit.DAYS);
        return new Alert(
                Alert.Kind.REFUSAL,
                about(account, window),
                now,
                "Refused by a limit: " + LimitWords.of(account) + ".",
                facts(account));
    }

    /** What the operator is told when a budget has got so far; null where there is nothing new. */
    static @Nullable Alert threshold(BudgetAccount budget, Instant now) {
        int percent = budget.percent(/* withHeld= */ false);
        for (int warned : WARNED) {
            if (percent >= warned) {
                return budget.firstWarning(warned) ? threshold(budget, warned, percent, now) : null;
            }
        }
        return null;
    }

    private static Alert threshold(BudgetAccount budget, int warned, int percent, Instant now) {
        Map<String, String> facts = facts(budget);
        facts.put("percent", String.valueOf(percent));
        facts.put("resets_at", budget.window().end().toString());
        return new Alert(
                Alert.Kind.THRESHOLD,
                about(budget, budget.window().start()) + "/" + warned,
                now,
                warned + " % of a budget is spent: " + LimitWords.of(budget) + ".",
                facts);
    }

    private static String about(Account account, Instant window) {
        return account.limit().id() + "/" + account.subject() + "/" + window;
    }

    private static Map<String, String> facts(Account account) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("limit_id", account.limit().id());
        facts.put("limit", account.limit().rule().toString());
        facts.put("subject", account.subject().toString());
        return facts;
    }

    private static Refusal.Kind kind(Cap cap) {
        if (cap instanceof Cap.Budget) {
            return Refusal.Kind.BUDGET;
        }
        if (cap instanceof Cap.PerMinute) {
            return Refusal.Kind.RATE;
        }
        return cap instanceof Cap.Concurrent ? Refusal.Kind.CONCURRENCY : Refusal.Kind.MODEL;
    }
}
