package dev.reckoner.console.books;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.config.LimitRule;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.limit.LimitChange;
import dev.reckoner.ledger.limit.Limits;
import dev.reckoner.ledger.limit.Standing;
import java.util.List;
import java.util.function.Supplier;

/** The server's end of the private API to {@link Limits}: how they stand by GET, changes by POST. */
public final class LimitsApi {

    /** How limits stand; sets one. */
    public static final String LIMITS = "limits";

    /** Removes a limit. */
    public static final String REMOVE = "limits/remove";

    /** Lists what was done to limits. */
    public static final String CHANGES = "limits/changes";

    private static final int BODY_BYTES_MAX = 16 << 10;
    private static final int CHANGES_MAX = 1_000;

    private final Limits limits;
    private final ObjectMapper mapper = BooksJson.mapper();

    /** Changes by that door. */
    public LimitsApi(Limits limits) {
        this.limits = limits;
    }

    /** The answer with how limits stand. */
    public record Standings(List<Standing> standings) {}

    /** The answer with changes. */
    public record Changes(List<LimitChange> changes) {}

    /** The body that sets a limit. */
    public record Setting(LimitRule rule, String by) {}

    /** The body that removes a limit. */
    public record Removal(String id, String by) {}

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints
                .add(BooksApi.PREFIX + LIMITS, Where.REPORTS, asked -> answer(() -> new Standings(limits.standings())))
                .add(BooksApi.PREFIX + CHANGES, Where.REPORTS, asked -> {
                    String id = asked.params().one("id");
                    long before = asked.params().number("before", Long.MAX_VALUE, 0, Long.MAX_VALUE);
                    int max = (int) asked.params().number("limit", CHANGES_MAX, 1, CHANGES_MAX);
                    return answer(() -> new Changes(limits.changes(id == null ? "" : id, before, max)));
                })
                .addChange(BooksApi.PREFIX + LIMITS, Where.REPORTS, BODY_BYTES_MAX, asked -> {
                    Setting setting = body(asked, Setting.class);
                    return answer(() -> limits.set(setting.rule(), by(asked, setting.by())));
                })
                .addChange(BooksApi.PREFIX + REMOVE, Where.REPORTS, BODY_BYTES_MAX, asked -> {
                    Removal removal = body(asked, Removal.class);
                    return answer(() -> limits.remove(removal.id(), by(asked, removal.by())));
                });
    }

    private static String by(Question asked, String said) {
        return asked.caller().actor(said).toString();
    }

    private <T> T body(Question asked, Class<T> type) {
        try {
            return mapper.readValue(asked.body(), type);
        } catch (JacksonException e) {
            throw Problem.malformed("the body isn't a change of limits: " + e.getOriginalMessage());
        }
    }

    private Answer answer(Supplier<Object> made) {
        try {
            Object value = made.get();
            return Answer.json(200, json -> {
                mapper.writeValue(json, value);
            });
        } catch (LedgerException e) {
            throw Problem.of(409, String.valueOf(e.getMessage()));
        }
    }
}
