package dev.reckoner.console.books;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.config.ConfigException;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.AttributeQuery;
import dev.reckoner.ledger.Corrections;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.Settlement;
import dev.reckoner.ledger.trail.TrailBook;
import dev.reckoner.ledger.trail.TrailedCorrections;
import java.util.List;
import java.util.function.Supplier;

/** The server's end of the private API to {@link Corrections}: what would change by GET, the change itself by POST. */
public final class CorrectionsApi {

    /** Rates entries again. */
    public static final String RERATE = "rerate";

    /** Reads the rate files again. */
    public static final String RELOAD = "rates/reload";

    /** Settles entries by the vendor's bill. */
    public static final String SETTLE = "settle";

    /** Attributes entries. */
    public static final String ATTRIBUTE = "attribute";

    private static final int BODY_BYTES_MAX = 32 << 20;

    private final Corrections corrections;
    private final TrailBook trail;
    private final ObjectMapper mapper = BooksJson.mapper();

    /** Corrects by that door, and notes what was changed. */
    public CorrectionsApi(Corrections corrections, TrailBook trail) {
        this.corrections = corrections;
        this.trail = trail;
    }

    /** The body of {@code settle}. */
    public record Settlements(List<Settlement> settlements) {

        public Settlements {
            settlements = List.copyOf(settlements);
        }
    }

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints
                .add(BooksApi.PREFIX + RERATE, Where.REPORTS, asked -> {
                    return answer(() -> corrections.rerate(BooksQuery.readRerate(asked.params(), false)));
                })
                .addChange(BooksApi.PREFIX + RERATE, Where.REPORTS, asked -> {
                    return answer(() -> trailed(asked).rerate(BooksQuery.readRerate(asked.params(), true)));
                })
                .addChange(BooksApi.PREFIX + SETTLE, Where.REPORTS, BODY_BYTES_MAX, asked -> {
                    Settlements body = body(asked, Settlements.class, "a list of settlements");
                    return answer(() -> trailed(asked).settle(body.settlements()));
                })
                .addChange(BooksApi.PREFIX + ATTRIBUTE, Where.REPORTS, BODY_BYTES_MAX, asked -> {
                    AttributeQuery query = body(asked, AttributeQuery.class, "a question of attribution");
                    return answer(() -> trailed(asked).attribute(query));
                })
                .addChange(BooksApi.PREFIX + RELOAD, Where.REPORTS, asked -> {
                    return answer(() -> trailed(asked).reloadRates());
                });
    }

    private Corrections trailed(Question asked) {
        return new TrailedCorrections(corrections, trail, asked.caller().actor());
    }

    private <T> T body(Question asked, Class<T> type, String expected) {
        try {
            return mapper.readValue(asked.body(), type);
        } catch (JacksonException e) {
            throw Problem.malformed("the body isn't " + expected + ": " + e.getOriginalMessage());
        }
    }

    /** What the operator can mend is said to whoever asked; the rest is in the log. */
    private Answer answer(Supplier<Object> made) {
        try {
            Object value = made.get();
            return Answer.json(200, json -> {
                mapper.writeValue(json, value);
            });
        } catch (ConfigException e) {
            throw Problem.of(409, "the rates stay as they were: " + e.getMessage());
        } catch (LedgerException e) {
            throw Problem.of(503, String.valueOf(e.getMessage()));
        }
    }
}
