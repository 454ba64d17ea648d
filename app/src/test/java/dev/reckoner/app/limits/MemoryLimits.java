package dev.reckoner.app.limits;

import dev.reckoner.config.LimitRule;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.limit.Limit;
import dev.reckoner.ledger.limit.LimitChange;
import dev.reckoner.ledger.limit.Limits;
import dev.reckoner.ledger.limit.Standing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Limits in memory, as a test sets them. */
public final class MemoryLimits implements Limits {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

    private final List<Standing> standings = new ArrayList<>();
    private final List<LimitChange> changes = new ArrayList<>();
    private long number;

    /** Has a limit stand so. */
    public void put(Standing standing) {
        standings.add(standing);
    }

    @Override
    public List<Standing> standings() {
        return List.copyOf(standings);
    }

    @Override
    public Limit set(LimitRule rule, String by) {
        Limit known = standings.stream()
                .map(Standing::limit)
                .filter(limit -> limit.rule().sameExceptValue(rule))
                .findFirst()
                .orElse(null);
        number++;
        String id = known == null ? "spl_" + number : known.id();
        Limit limit = new Limit(id, rule, AT, Limit.Origin.BOOKS);
        standings.removeIf(standing -> standing.limit().id().equals(id));
        standings.add(new Standing(
                limit,
                rule.subject(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                AT,
                AT.plusSeconds(60)));
        LimitChange.Action action = known == null ? LimitChange.Action.CREATED : LimitChange.Action.CHANGED;
        changes.add(0, new LimitChange(number, AT, id, action, rule.toString(), by));
        return limit;
    }

    @Override
    public Limit remove(String id, String by) {
        Limit limit = standings.stream()
                .map(Standing::limit)
                .filter(known -> known.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new LedgerException("there is no limit " + id));
        standings.removeIf(standing -> standing.limit().id().equals(id));
        number++;
        changes.add(
                0,
                new LimitChange(
                        number, AT, id, LimitChange.Action.REMOVED, limit.rule().toString(), by));
        return limit;
    }

    @Override
    public List<LimitChange> changes(String limitId, long before, int max) {
        return changes.stream()
                .filter(change -> limitId.isEmpty() || change.limitId().equals(limitId))
                .filter(change -> change.number() < before)
                .limit(max)
                .toList();
    }
}
