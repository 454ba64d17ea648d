package dev.reckoner.console.books;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Params;
import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.Change;
import dev.reckoner.ledger.trail.Trail;
import dev.reckoner.ledger.trail.TrailRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The server's end of the private API to {@link Trail}: what was changed by whom, the latest first. */
public final class TrailApi {

    /** Lists changes. */
    public static final String AUDIT = "audit";

    private static final int LIMIT_DEFAULT = 100;

    private final Trail trail;
    private final ObjectMapper mapper = BooksJson.mapper();

    /** Answers from that door. */
    public TrailApi(Trail trail) {
        this.trail = trail;
    }

    /**
     * The answer.
     *
     * @param next what {@code before} is for the changes that follow, null where there may be none
     */
    public record Changes(List<Changed> changes, @Nullable Long next) {}

    /** One change. */
    public record Changed(
            long number, Instant at, String who, String from, String what, String about, String before, String after) {

        static Changed of(TrailRow row) {
            Change change = row.change();
            return new Changed(
                    row.number(),
                    row.at(),
                    row.actor().who(),
                    row.actor().from(),
                    change.what().name().toLowerCase(Locale.ROOT),
                    change.about(),
                    change.before(),
                    change.after());
        }

        /** The same in the ledger's terms. */
        public TrailRow row() {
            Change.What kind = Change.What.valueOf(what.toUpperCase(Locale.ROOT));
            return new TrailRow(number, at, new Actor(who, from), new Change(kind, about, before, after));
        }
    }

    /** Adds the path. */
    public void addTo(Endpoints endpoints) {
        endpoints.add(BooksApi.PREFIX + AUDIT, Where.REPORTS, asked -> list(asked.params()));
    }

    private Answer list(Params params) {
        long before = params.number("before", Long.MAX_VALUE, 0, Long.MAX_VALUE);
        int limit = (int) params.number("limit", LIMIT_DEFAULT, 1, Trail.ROWS_MAX);
        List<Changed> changes =
                trail.trail(before, limit).stream().map(Changed::of).toList();
        Long next = changes.size() < limit
                ? null
                : Long.valueOf(changes.get(limit - 1).number());
        return Answer.json(200, json -> {
            mapper.writeValue(json, new Changes(changes, next));
        });
    }
}
