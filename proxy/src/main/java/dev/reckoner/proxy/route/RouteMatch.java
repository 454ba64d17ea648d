package dev.reckoner.proxy.route;

import dev.reckoner.ledger.Route;
import org.jspecify.annotations.Nullable;

/**
 * How a request is treated, and what its path said about who it is from. The names are self-declared; whether they are
 * believed is not decided here.
 *
 * @param target sent upstream: path and query as they came, without the prefixes; begins with a slash
 * @param user from {@code /u/<user>}, percent-decoded, null where none came
 * @param team from {@code /t/<team>}
 * @param project from {@code /p/<project>}
 */
public record RouteMatch(
        Route route,
        String target,
        @Nullable String user,
        @Nullable String team,
        @Nullable String project) {

    /** The target without its query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
