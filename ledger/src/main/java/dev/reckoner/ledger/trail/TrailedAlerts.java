package dev.reckoner.ledger.trail;

import dev.reckoner.ledger.alert.AlertBook;
import dev.reckoner.ledger.alert.AlertQuery;
import dev.reckoner.ledger.alert.StoredAlert;
import java.util.List;
import java.util.Locale;

/** Alerts on somebody's behalf: a test is noted in the trail. */
public final class TrailedAlerts implements AlertBook {
    private final AlertBook alerts;
    private final TrailBook trail;
    private final Actor actor;

    public TrailedAlerts(AlertBook alerts, TrailBook trail, Actor actor) {
        this.alerts = alerts;
        this.trail = trail;
        this.actor = actor;
    }

    @Override
    public List<StoredAlert> list(AlertQuery query) {
        return alerts.list(query);
    }

    @Override
    public StoredAlert test() {
        StoredAlert tested = alerts.test();
        String delivery = tested.delivery().name().toLowerCase(Locale.ROOT);
        trail.note(actor, new Change(Change.What.ALERT_TESTED, String.valueOf(tested.id()), "", delivery));
        return tested;
    }
}
