package dev.reckoner.console.books;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.alert.AlertBook;
import dev.reckoner.ledger.alert.StoredAlert;
import dev.reckoner.ledger.trail.TrailBook;
import dev.reckoner.ledger.trail.TrailedAlerts;
import java.util.List;

/** The server's end of the private API to {@link AlertBook}: a list by GET, a test by POST. */
public final class AlertsApi {

    /** Lists alerts. */
    public static final String ALERTS = "alerts";

    /** Sends one that means nothing. */
    public static final String TEST = "alerts/test";

    private final AlertBook alerts;
    private final TrailBook trail;
    private final ObjectMapper mapper = BooksJson.mapper();

    /** Answers from that door, and notes a test. */
    public AlertsApi(AlertBook alerts, TrailBook trail) {
        this.alerts = alerts;
        this.trail = trail;
    }

    /** The answer with alerts. */
    public record Alerts(List<StoredAlert> alerts) {}

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints
                .add(BooksApi.PREFIX + ALERTS, Where.REPORTS, asked -> {
                    return json(new Alerts(alerts.list(BooksQuery.readAlerts(asked.params()))));
                })
                .addChange(BooksApi.PREFIX + TEST, Where.REPORTS, asked -> json(tested(asked)));
    }

    private StoredAlert tested(Question asked) {
        try {
            return new TrailedAlerts(alerts, trail, asked.caller().actor()).test();
        } catch (LedgerException e) {
            throw Problem.of(503, String.valueOf(e.getMessage()));
        }
    }

    private Answer json(Object value) {
        return Answer.json(200, json -> {
            mapper.writeValue(json, value);
        });
    }
}
