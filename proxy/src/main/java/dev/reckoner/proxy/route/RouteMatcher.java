package dev.reckoner.proxy.route;

import dev.reckoner.ledger.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides a request's route by its method and path (design: routes; api-facts §2.1) and takes the attribution prefixes
 * {@code /u/<user>}, {@code /t/<team>}, {@code /p/<project>} off, which may come in any order and each once. What
 * remains goes upstream byte for byte, query included.
 *
 * <p>The route is decided by what a lenient upstream might make of the path: percent-encoded, doubled, dotted or capital
 * ways to spell {@code /v1/messages} are metered too, so that no spelling passes unmetered. Prefixes are only what they
 * look like: at the start of the raw target. Stateless, any thread.
 */
public final class RouteMatcher {

    private static final String MESSAGES = "/v1/messages";
    private static final String POST = "POST";
    private static final String GET = "GET";
    private static final String BATCHES = "batches";

    /** Segments of a path about one batch, such as /v1/messages/batches/ID/results. */
    private static final int OF_A_BATCH = 5;

    private RouteMatcher() {}

    /**
     * The route of a request.
     *
     * @param rawTarget the request target in origin form, as it came
     * @throws BadTargetException where a prefix can't be understood
     */
    public static RouteMatch match(String method, String rawTarget) {
        String user = null;
        String team = null;
        String project = null;
        String rest = rawTarget;
        char kind = PathPrefix.kind(rest);
        while (kind != PathPrefix.NONE) {
            String value = PathPrefix.value(rest);
            switch (kind) {
                case 'u' -> user = once(user, value, kind);
                case 't' -> team = once(team, value, kind);
                default -> project = once(project, value, kind);
            }
            rest = PathPrefix.rest(rest);
            kind = PathPrefix.kind(rest);
        }
        return new RouteMatch(route(method, rest), rest, user, team, project);
    }

    /** The batch that a path of {@link Route#BATCH_RESULTS} is about, percent-decoded. */
    public static String batchId(RouteMatch match) {
        return PathSegments.inTheirCase(match.path()).get(OF_A_BATCH - 2);
    }

    private static String once(@Nullable String earlier, String value, char kind) {
        if (earlier != null) {
            throw new BadTargetException("The path prefix /" + kind + "/ may come once.");
        }
        return value;
    }

    private static Route route(String method, String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        if (path.equals(MESSAGES)) {
            return method.equals(POST) ? Route.MESSAGES : Route.PASSED;
        }
        List<String> segments = PathSegments.of(path);
        if (segments.size() < 2
                || !segments.get(0).equals("v1")
                || !segments.get(1).equals("messages")) {
            return Route.PASSED;
        }
        return switch (method) {
            case POST -> posted(segments);
            case GET -> fetched(segments);
            default -> Route.PASSED;
        };
    }

    private static Route posted(List<String> segments) {
        if (segments.size() == 2) {
            return Route.MESSAGES;
        }
        if (segments.size() > 3) {
            return isBatch(segments, "cancel") ? Route.BATCH_STATUS : Route.PASSED;
        }
        return switch (segments.get(2)) {
            case "count_tokens" -> Route.COUNT_TOKENS;
            case BATCHES -> Route.BATCHES;
            default -> Route.PASSED;
        };
    }

    private static Route fetched(List<String> segments) {
        if (isBatch(segments, "results")) {
            return Route.BATCH_RESULTS;
        }
        boolean looksAtBatches = segments.size() > 2
                && segments.size() < OF_A_BATCH
                && segments.get(2).equals(BATCHES);
        return looksAtBatches ? Route.BATCH_STATUS : Route.PASSED;
    }

    private static boolean isBatch(List<String> segments, String what) {
        return segments.size() == OF_A_BATCH
                && segments.get(2).equals(BATCHES)
                && segments.get(4).equals(what);
    }
}
