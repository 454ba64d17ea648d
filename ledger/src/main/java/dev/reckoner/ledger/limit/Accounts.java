package dev.reckoner.ledger.limit;

import dev.reckoner.config.Cap;
import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.config.LimitRule.Subject.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The limits that hold, each with an account per subject, found by subject: what it costs to find those of an exchange
 * doesn't depend on how many others there are. Guarded by the lock of {@link LimitBook}.
 */
final class Accounts {
    /** Subjects kept apart; those that come when there are so many share one account per limit. */
    static final int SUBJECTS_MAX = 200_000;

    private final Map<String, Limit> limits = new LinkedHashMap<>();
    private final Map<Kind, List<Limit>> each = new EnumMap<>(Kind.class);
    private final Map<Subject, List<Account>> bySubject = new LinkedHashMap<>();
    private final int subjectsMax;

    Accounts(int subjectsMax) {
        this.subjectsMax = subjectsMax;
    }

    /**
     * Puts limits in the place of those there are; what was counted for a limit that stays, stays.
     *
     * @param spent what the store has for budgets, by the id of a limit and by subject
     */
    void replace(List<Limit> next, Map<String, Map<Subject, Cost>> spent, Instant now) {
        Map<String, List<Account>> before = new HashMap<>();
        bySubject
                .values()
                .forEach(list -> list.forEach(
                        account -> before.computeIfAbsent(account.limit().id(), none -> new ArrayList<>())
                                .add(account)));
        limits.clear();
        each.clear();
        bySubject.clear();
        for (Limit limit : next) {
            limits.put(limit.id(), limit);
            Subject subject = limit.rule().subject();
            if (subject.each()) {
                each.computeIfAbsent(subject.kind(), none -> new ArrayList<>()).add(limit);
            }
            for (Account account : before.getOrDefault(limit.id(), List.of())) {
                account.change(limit);
                accounts(account.subject()).add(account);
            }
            if (!subject.each()) {
                account(limit, subject, now);
            }
            spent.getOrDefault(limit.id(), Map.of())
                    .forEach((whom, cost) -> load(account(limit, shared(whom), now), cost));
        }
        for (Subject subject : List.copyOf(bySubject.keySet())) {
            each.getOrDefault(subject.kind(), List.of()).forEach(limit -> account(limit, subject, now));
        }
    }

    boolean isEmpty() {
        return limits.isEmpty();
    }

    boolean knows(String limitId) {
        return limits.containsKey(limitId);
    }

    /** The accounts that an exchange counts for. */
    List<Account> of(List<Concerned> concerned, Instant now) {
        List<Account> found = new ArrayList<>();
        for (Concerned one : concerned) {
            for (Account account : of(one, now)) {
                if (one.each() || !account.limit().rule().subject().each()) {
                    found.add(account);
                }
            }
        }
        return found;
    }

    /** The budgets of which the window that is now has begun since the store was read. */
    List<Limit> begun(Instant now) {
        return bySubject.values().stream()
                .flatMap(List::stream)
                .filter(account -> account instanceof BudgetAccount budget && budget.begun(now))
                .filter(account -> !account.subject().each())
                .map(Account::limit)
                .distinct()
                .toList();
    }

    /** Takes what the store has for these in their present windows. */
    void reread(Map<String, Map<Subject, Cost>> spent, Instant now) {
        for (List<Account> accounts : bySubject.values()) {
            for (Account account : accounts) {
                Map<Subject, Cost> sums = spent.get(account.limit().id());
                if (account instanceof BudgetAccount budget
                        && sums != null
                        && !account.subject().each()) {
                    Cap.Budget cap = (Cap.Budget) account.limit().rule().cap();
                    budget.reread(Window.of(cap, now), sums.getOrDefault(account.subject(), Cost.ZERO));
                }
            }
        }
    }

    /** How every limit stands: for each of its subjects that there is something to say of, or else at all. */
    List<Standing> standings(Instant now) {
        Map<String, List<Standing>> byLimit = new LinkedHashMap<>();
        limits.keySet().forEach(id -> byLimit.put(id, new ArrayList<>()));
        for (List<Account> accounts : bySubject.values()) {
            for (Account account : accounts) {
                boolean each = account.limit().rule().subject().each();
                List<Standing> standings = byLimit.get(account.limit().id());
                if (standings != null && !(each && account.idle(now))) {
                    standings.add(account.standing(now));
                }
            }
        }
        List<Standing> all = new ArrayList<>();
        byLimit.forEach((id, standings) -> {
            Limit limit = limits.get(id);
            if (standings.isEmpty() && limit != null) {
                all.add(Account.of(limit, limit.rule().subject(), now).standing(now));
            }
            all.addAll(standings);
        });
        return all;
    }

    /** Forgets subjects of which nothing is counted. */
    void forgetIdle(Instant now) {
        bySubject
                .values()
                .removeIf(accounts -> accounts.stream()
                        .allMatch(account -> account.limit().rule().subject().each() && account.idle(now)));
    }

    private List<Account> of(Concerned one, Instant now) {
        List<Account> known = bySubject.get(one.subject());
        List<Limit> opened = each.getOrDefault(one.subject().kind(), List.of());
        if (known != null || !one.each() || opened.isEmpty()) {
            return known == null ? List.of() : known;
        }
        Subject subject = shared(one.subject());
        opened.forEach(limit -> account(limit, subject, now));
        return accounts(subject);
    }

    private Subject shared(Subject subject) {
        boolean room = bySubject.size() < subjectsMax || bySubject.containsKey(subject);
        return room ? subject : new Subject(subject.kind(), Subject.EACH);
    }

    private Account account(Limit limit, Subject subject, Instant now) {
        List<Account> accounts = accounts(subject);
        for (Account account : accounts) {
            if (account.limit().id().equals(limit.id())) {
                return account;
            }
        }
        Account account = Account.of(limit, subject, now);
        accounts.add(account);
        return account;
    }

    private List<Account> accounts(Subject subject) {
        return bySubject.computeIfAbsent(subject, none -> new ArrayList<>());
    }

    private static void load(Account account, Cost cost) {
        if (account instanceof BudgetAccount budget) {
            budget.load(cost);
        }
    }
}
