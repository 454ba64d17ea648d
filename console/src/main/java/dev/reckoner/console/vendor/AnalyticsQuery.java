package dev.reckoner.console.vendor;

import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import dev.reckoner.ledger.Dimension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an analytics question asks for, checked (api-facts §4.3).
 *
 * @param keys what rows are grouped by, but for what only splits an amount
 * @param byCostType whether amounts are split by cost type
 * @param byTokenType whether amounts are split by token type
 * @param orderBy a figure, or {@code time}
 */
record AnalyticsQuery(
        AnalyticsRange range,
        List<Key> keys,
        boolean byCostType,
        boolean byTokenType,
        Filters filters,
        ActorFilter actors,
        List<String> products,
        String orderBy,
        boolean ascending,
        int limit,
        Cursor cursor) {
    static final String COST_TYPE = "cost_type";
    static final String TOKEN_TYPE = "token_type";
    static final String TIME = "time";
    private static final int LIMIT_DEFAULT = 20;
    private static final int LIMIT_MAX = 1_000;
    private static final int GROUPS_MAX = 5;
    private static final List<String> SPLITS = List.of(COST_TYPE, TOKEN_TYPE);

    /** Which actors are wanted; all where nothing is said. */
    record ActorFilter(List<String> ids, List<String> types) {
        boolean none() {
            return ids.isEmpty() && types.isEmpty();
        }
    }

    /**
     * Reads it.
     *
     * @param figures what rows can be ordered by beside the time; the first is the usual one
     * @param splits whether amounts can be split
     */
    static AnalyticsQuery of(Params params, String path, List<String> figures, boolean splits, Instant now) {
        List<String> known = parameters();
        params.expectOnly(known::contains, known);
        AnalyticsRange range = AnalyticsRange.of(params, now);
        List<String> names =
                new ArrayList<>(AnalyticsKeys.ALL.stream().map(Key::group).toList());
        if (splits) {
            names.addAll(SPLITS);
        }
        List<String> groups = Filters.groups(params, names);
        List<Key> keys = AnalyticsKeys.ALL.stream()
                .filter(key -> groups.contains(key.group()))
                .toList();
        if (keys.size() > GROUPS_MAX) {
            throw Problem.parameter(
                    "group_by[]", String.join(", ", params.all("group_by")), "at most " + GROUPS_MAX + " of them");
        }
        expectAnswerable(params);
        Filters filters = Filters.of(params, AnalyticsKeys.plain());
        List<String> products = Filters.values(params, AnalyticsKeys.PRODUCT);
        if ((keys.contains(AnalyticsKeys.PRODUCT) || !products.isEmpty())
                && filters.where().containsKey(Dimension.TAG)) {
            throw Problem.malformed("tags[]: found beside product, expected one of both: the product Claude Code is"
                    + " known by a tag itself");
        }
        String orderBy = orderBy(params, range, figures);
        return new AnalyticsQuery(
                range,
                keys,
                groups.contains(COST_TYPE),
                groups.contains(TOKEN_TYPE),
                filters,
                new ActorFilter(
                        params.all(AnalyticsKeys.ACTOR.filter()), Filters.values(params, AnalyticsKeys.ACTOR_TYPE)),
                products,
                orderBy,
                ascending(params, orderBy),
                (int) params.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX),
                new Cursor(path, params));
    }

    /** The dimensions of our books that its rows follow from. */
    List<Dimension> by() {
        Set<Dimension> by = new LinkedHashSet<>();
        for (Key key : keys) {
            Dimension dimension = key.dimension();
            if (dimension != null) {
                by.add(dimension);
            }
        }
        if (!actors.none() || keys.contains(AnalyticsKeys.ACTOR) || keys.contains(AnalyticsKeys.ACTOR_TYPE)) {
            by.add(Dimension.USER);
            by.add(Dimension.KEY);
        }
        if (byProduct()) {
            by.add(Dimension.SERVICE_TIER);
        }
        return List.copyOf(by);
    }

    /** Whether rows of Claude Code have to be told from others. */
    boolean byProduct() {
        return !products.isEmpty() || keys.contains(AnalyticsKeys.PRODUCT);
    }

    private static void expectAnswerable(Params params) {
        String deleted = params.one("exclude_deleted_users");
        if (deleted != null && !deleted.equals("true") && !deleted.equals("false")) {
            throw Problem.parameter("exclude_deleted_users", deleted, "true or false");
        }
        List<String> organizations = params.all("organization_ids");
        if (!organizations.isEmpty()) {
            throw Problem.parameter(
                    "organization_ids[]",
                    organizations.get(0),
                    "none: these books don't tell organizations apart, see workspace_ids[]");
        }
    }

    private static String orderBy(Params params, AnalyticsRange range, List<String> figures) {
        String found = params.one("order_by");
        if (found == null) {
            return range.width() == null ? figures.get(0) : TIME;
        }
        if (!found.equals(TIME) && !figures.contains(found)) {
            throw Problem.parameter("order_by", found, String.join(", ", figures) + " or " + TIME);
        }
        return found;
    }

    /** The largest first, or the latest; the earliest first where nothing is said and rows are in the order of time. */
    private static boolean ascending(Params params, String orderBy) {
        String found = params.one("order");
        if (found == null) {
            return orderBy.equals(TIME) && params.one("order_by") == null;
        }
        if (!found.equals("asc") && !found.equals("desc")) {
            throw Problem.parameter("order", found, "asc or desc");
        }
        return found.equals("asc");
    }

    private static List<String> parameters() {
        List<String> names = new ArrayList<>(List.of(
                "starting_at",
                "ending_at",
                "time_bucket_width",
                "limit",
                "page",
                "order",
                "order_by",
                "group_by",
                "exclude_deleted_users"));
        AnalyticsKeys.ALL.forEach(key -> names.add(key.filter()));
        names.add("beta"); // the vendor's own SDK adds ?beta=true
        return List.copyOf(names);
    }
}
