package dev.reckoner.reconcile.vendor;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All pages of a query, in order. Reports name the next page, listings the last id (api-facts §4.1, §4.5). A cursor that
 * has expired begins the paging anew; one that comes again, or pages without an end, are refused.
 */
final class Pages {

    private static final int PAGES_MAX = 5_000;
    private static final int RESTARTS_MAX = 3;

    private final AdminApi api;
    private final KeptPages kept;

    Pages(AdminApi api, KeptPages kept) {
        this.api = api;
        this.kept = kept;
    }

    /** The pages of a report. */
    List<JsonNode> ofReport(Query query) {
        return all(query, page -> after(query, "page", page.path("next_page")));
    }

    /** The pages of a listing. */
    List<JsonNode> ofListing(Query query) {
        return all(query, page -> after(query, "after_id", page.path("last_id")));
    }

    private static Optional<Query> after(Query query, String parameter, JsonNode cursor) {
        return cursor.isTextual() ? Optional.of(query.with(parameter, cursor.textValue())) : Optional.empty();
    }

    private List<JsonNode> all(Query first, Function<JsonNode, Optional<Query>> next) {
        for (int restarts = 0; restarts <= RESTARTS_MAX; restarts++) {
            List<JsonNode> pages = once(first, next, restarts);
            if (pages != null) {
                return pages;
            }
        }
        throw new AdminApiException(first.path() + ": the page cursor expired " + (RESTARTS_MAX + 1)
                + " times before the last page; ask for fewer days at once");
    }

    /** Null where a cursor expired on the way. */
    private @Nullable List<JsonNode> once(Query first, Function<JsonNode, Optional<Query>> next, int restarts) {
        List<JsonNode> pages = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        Query query = first;
        while (asked.add(query.target())) {
            if (pages.size() == PAGES_MAX) {
                throw new AdminApiException(first.path() + " has more than " + PAGES_MAX
                        + " pages; it doesn't end, or the days asked for are too many");
            }
            JsonNode page = page(query, restarts);
            if (page == null) {
                return null;
            }
            pages.add(page);
            if (!page.path("has_more").asBoolean(false)) {
                return pages;
            }
            query = next.apply(page)
                    .orElseThrow(() -> new AdminApiException(
                            first.path() + " says that more pages follow and doesn't name the next one"));
        }
        throw new AdminApiException(
                first.path() + " names a page as the next one that it has answered already: it would" + " never end");
    }

    private @Nullable JsonNode page(Query query, int restarts) {
        Optional<String> known = restarts == 0 ? kept.find(query.target()) : Optional.empty();
        if (known.isPresent()) {
            try {
                return AdminJson.read(known.get());
            } catch (JacksonException e) {
                throw new AdminApiException(
                        "a kept page of " + query.path() + " is damaged: " + e.getOriginalMessage(), e);
            }
        }
        AdminApi.Answer answer = api.ask(query);
        if (answer == null) {
            return null;
        }
        kept.keep(query.target(), answer.body());
        return answer.json();
    }
}
