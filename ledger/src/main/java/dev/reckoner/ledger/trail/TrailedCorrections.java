package dev.reckoner.ledger.trail;

import dev.reckoner.ledger.AttributeQuery;
import dev.reckoner.ledger.AttributeResult;
import dev.reckoner.ledger.Corrections;
import dev.reckoner.ledger.ReloadedRates;
import dev.reckoner.ledger.RerateQuery;
import dev.reckoner.ledger.RerateResult;
import dev.reckoner.ledger.SettleResult;
import dev.reckoner.ledger.Settlement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Corrections on somebody's behalf: what they change is noted in the trail. */
public final class TrailedCorrections implements Corrections {
    private final Corrections corrections;
    private final TrailBook trail;
    private final Actor actor;

    public TrailedCorrections(Corrections corrections, TrailBook trail, Actor actor) {
        this.corrections = corrections;
        this.trail = trail;
        this.actor = actor;
    }

    @Override
    public RerateResult rerate(RerateQuery query) {
        RerateResult result = corrections.rerate(query);
        if (result.booked()) {
            note(
                    Change.What.RERATED,
                    span(query.from(), query.until()),
                    usd(result.before()),
                    usd(result.after()) + " by rates " + result.ratesVersion() + ", " + entries(result.changed()));
        }
        return result;
    }

    @Override
    public SettleResult settle(List<Settlement> settlements) {
        SettleResult result = corrections.settle(settlements);
        note(Change.What.SETTLED, entries(result.settled()), usd(result.before()), usd(result.after()));
        return result;
    }

    @Override
    public AttributeResult attribute(AttributeQuery query) {
        AttributeResult result = corrections.attribute(query);
        if (result.booked()) {
            note(Change.What.ATTRIBUTED, span(query.from(), query.until()), "", entries(result.changed()));
        }
        return result;
    }

    @Override
    public ReloadedRates reloadRates() {
        ReloadedRates result = corrections.reloadRates();
        String detail = result.changed() ? "" : ", as before";
        note(Change.What.RATES_RELOADED, "rates", "", result.version() + detail);
        return result;
    }

    private void note(Change.What what, String about, String before, String after) {
        trail.note(actor, new Change(what, about, before, after));
    }

    private static String span(Instant from, Instant until) {
        return from + " to " + until;
    }

    private static String entries(long count) {
        return count == 1 ? "1 entry" : count + " entries";
    }

    private static String usd(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString() + " USD";
    }
}
