package dev.reckoner.console.books;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.ledger.insight.Insights;

/** What would have been cheaper, and whether caching pays, under the private API. */
public final class InsightsApi {

    /** What would have been cheaper. */
    public static final String INSIGHTS = "insights";

    /** Whether caching pays. */
    public static final String CACHE = "cache";

    private final Insights insights;
    private final ObjectMapper mapper = BooksJson.mapper();

    /** Answers from those insights. */
    public InsightsApi(Insights insights) {
        this.insights = insights;
    }

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints
                .add(BooksApi.PREFIX + INSIGHTS, Where.REPORTS, asked -> {
                    return json(insights.insights(BooksQuery.readInsights(asked.params())));
                })
                .add(BooksApi.PREFIX + CACHE, Where.REPORTS, asked -> {
                    return json(insights.cache(BooksQuery.readCache(asked.params())));
                });
    }

    private Answer json(Object value) {
        return Answer.json(200, json -> {
            mapper.writeValue(json, value);
        });
    }
}
