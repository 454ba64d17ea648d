package dev.reckoner.console.books;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.EntryCursor;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.StoredEntry;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's end of the private API: each method of {@link Reports} under a path of its own. */
public final class BooksApi {

    /** What all its paths begin with. */
    public static final String PREFIX = "/reckoner/v1/";

    private final Reports reports;
    private final ObjectMapper mapper = BooksJson.mapper();

    /** Answers from those books. */
    public BooksApi(Reports reports) {
        this.reports = reports;
    }

    /** The answer to {@code report}. */
    public record Rows(List<ReportRow> rows) {}

    /**
     * The answer to {@code entries}.
     *
     * @param next where the next page begins ({@code before}), null where there is none or they came oldest first
     */
    public record Entries(
            List<StoredEntry> entries, @Nullable String next) {
        static Entries of(EntryQuery query, List<StoredEntry> entries) {
            boolean more = query.after() == null && entries.size() == query.limit();
            return new Entries(
                    entries,
                    more ? EntryCursor.behind(entries.get(entries.size() - 1)).toString() : null);
        }
    }

    /** The answer to {@code history}. */
    public record History(List<Revision> revisions) {}

    /** The answer to {@code batches}. */
    public record Batches(List<BatchRow> batches) {}

    /** The answer to {@code ratelimits}. */
    public record RateLimits(List<RateLimitRow> rows) {}

    /** The answer to {@code openings}. */
    public record Openings(List<Opening> openings) {}

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints
                .add(PREFIX + "report", Where.REPORTS, asked -> {
                    return json(new Rows(reports.report(BooksQuery.readReport(asked.params()))));
                })
                .add(PREFIX + "sessions", Where.REPORTS, asked -> {
                    return json(reports.sessions(BooksQuery.readSessions(asked.params())));
                })
                .add(PREFIX + "entries", Where.REPORTS, asked -> {
                    EntryQuery query = BooksQuery.readEntries(asked.params());
                    return json(Entries.of(query, reports.entries(query)));
                })
                .add(PREFIX + "entries/", Where.REPORTS, asked -> json(new Entries(reports.find(id(asked)), null)))
                .add(PREFIX + "history/", Where.REPORTS, asked -> json(new History(reports.history(exchange(asked)))))
                .add(PREFIX + "arrivals", Where.REPORTS, asked -> {
                    return json(reports.arrivals(BooksQuery.readArrivals(asked.params())));
                })
                .add(PREFIX + "batches", Where.REPORTS, asked -> {
                    return json(new Batches(reports.batches(BooksQuery.readBatches(asked.params()))));
                })
                .add(PREFIX + "details", Where.REPORTS, asked -> {
                    return json(reports.details(BooksQuery.readDetails(asked.params())));
                })
                .add(PREFIX + "unsettled", Where.REPORTS, asked -> {
                    return json(reports.unsettled(BooksQuery.readDetails(asked.params())));
                })
                .add(PREFIX + "ratelimits", Where.REPORTS, asked -> {
                    return json(new RateLimits(reports.rateLimits(BooksQuery.readRateLimits(asked.params()))));
                })
                .add(PREFIX + "openings", Where.REPORTS, asked -> json(new Openings(reports.openings())))
                .add(PREFIX + "verify", Where.REPORTS, asked -> json(reports.verify()))
                .add(PREFIX + "lag", Where.REPORTS, asked -> json(reports.lag()));
    }

    private static String id(Question asked) {
        String encoded = asked.path().substring(asked.path().lastIndexOf('/') + 1);
        try {
            return QueryStringDecoder.decodeComponent(encoded, UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter("id", encoded, "percent-encoded UTF-8");
        }
    }

    private static ExchangeId exchange(Question asked) {
        String id = id(asked);
        try {
            return ExchangeId.parse(id);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter("id", id, "an exchange id");
        }
    }

    private Answer json(Object value) {
        return Answer.json(200, json -> {
            mapper.writeValue(json, value);
        });
    }
}
