package dev.reckoner.console.books;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import dev.reckoner.ledger.ArrivalQuery;
import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.EntryCursor;
import dev.reckoner.ledger.EntryFilter;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.RerateQuery;
import dev.reckoner.ledger.SessionQuery;
import dev.reckoner.ledger.Top;
import dev.reckoner.ledger.alert.AlertBook;
import dev.reckoner.ledger.alert.AlertQuery;
import dev.reckoner.ledger.insight.CacheQuery;
import dev.reckoner.ledger.insight.InsightQuery;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The questions to the books as query strings, both ways: what is written by one end reads back equal at the other. */
public final class BooksQuery {

    private static final int ENTRIES_MAX = 1_000;
    private static final int BATCHES_MAX = 1_000;
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,18})?");
    private static final String WHERE = "where.";
    private static final List<String> REPORT = List.of("from", "until", "bucket", "by", "top", "order");
    private static final int TOP_MAX = 10_000;
    private static final List<String> CACHE = List.of("from", "until", "by");
    private static final List<String> SPAN = List.of("from", "until");
    private static final List<String> SESSIONS = List.of("from", "until", "order", "limit", "cursor");
    private static final List<String> ENTRIES = List.of(
            "from",
            "until",
            "after",
            "metered",
            "limit",
            "outcome",
            "failed",
            "pending",
            "estimated",
            "amount_least",
            "id",
            "before");
    private static final List<String> ARRIVALS = List.of("from", "until", "after", "limit");
    private static final List<String> BATCHES = List.of("which", "limit");
    private static final List<String> ALERTS = List.of("since", "limit");

    private BooksQuery() {}

    /** Writes a report's question. */
    public static String write(ReportQuery query) {
        StringBuilder text = new StringBuilder();
        add(text, "from", query.from().toString());
        add(text, "until", query.until().toString());
        add(text, "bucket", name(query.bucket()));
        query.by().forEach(dimension -> add(text, "by", name(dimension)));
        where(text, query.where());
        Top top = query.top();
        if (top != null) {
            add(text, "top", Integer.toString(top.most()));
            add(text, "order", name(top.order()));
        }
        return text.toString();
    }

    /** Writes which entries to rate again; whether that is applied is said by the method. */
    public static String write(RerateQuery query) {
        return spanWhere(query.from(), query.until(), query.where()).toString();
    }

    /** Writes the question what would have been cheaper. */
    public static String write(InsightQuery query) {
        return spanWhere(query.from(), query.until(), query.where()).toString();
    }

    /** Writes the question whether caching pays. */
    public static String write(CacheQuery query) {
        StringBuilder text = spanWhere(query.from(), query.until(), query.where());
        query.by().forEach(dimension -> add(text, "by", name(dimension)));
        return text.toString();
    }

    /** Writes which details to sum. */
    public static String write(DetailQuery query) {
        StringBuilder text = new StringBuilder();
        add(text, "from", query.from().toString());
        add(text, "until", query.until().toString());
        return text.toString();
    }

    /** Writes the question for a list of entries. */
    public static String write(EntryQuery query) {
        StringBuilder text = new StringBuilder();
        Instant from = query.from();
        if (from != null) {
            add(text, "from", from.toString());
        }
        Instant until = query.until();
        if (until != null) {
            add(text, "until", until.toString());
        }
        where(text, query.where());
        Long after = query.after();
        if (after != null) {
            add(text, "after", after.toString());
        }
        add(text, "metered", Boolean.toString(query.metered()));
        add(text, "limit", Integer.toString(query.limit()));
        only(text, query.only());
        EntryCursor before = query.before();
        if (before != null) {
            add(text, "before", before.toString());
        }
        return text.toString();
    }

    private static void only(StringBuilder text, EntryFilter only) {
        only.outcomes().forEach(outcome -> add(text, "outcome", name(outcome)));
        flag(text, "failed", only.failed());
        flag(text, "pending", only.pending());
        flag(text, "estimated", only.estimated());
        BigDecimal least = only.amountLeast();
        if (least != null) {
            add(text, "amount_least", least.toPlainString());
        }
        String id = only.id();
        if (id != null) {
            add(text, "id", id);
        }
    }

    private static void flag(StringBuilder text, String name, boolean set) {
        if (set) {
            add(text, name, "true");
        }
    }

    /** Writes the question for a list of sessions. */
    public static String write(SessionQuery query) {
        StringBuilder text = new StringBuilder();
        add(text, "from", query.from().toString());
        add(text, "until", query.until().toString());
        where(text, query.where());
        add(text, "order", name(query.order()));
        add(text, "limit", Integer.toString(query.limit()));
        String cursor = query.cursor();
        if (cursor != null) {
            add(text, "cursor", cursor);
        }
        return text.toString();
    }

    /** Writes the question for entries in the order of their arrival. */
    public static String write(ArrivalQuery query) {
        StringBuilder text = new StringBuilder();
        Instant from = query.from();
        if (from != null) {
            add(text, "from", from.toString());
        }
        Instant until = query.until();
        if (until != null) {
            add(text, "until", until.toString());
        }
        add(text, "after", Long.toString(query.after()));
        add(text, "limit", Integer.toString(query.limit()));
        return text.toString();
    }

    /** Writes the question for a list of batches. */
    public static String write(BatchQuery query) {
        StringBuilder text = new StringBuilder();
        add(text, "which", name(query.which()));
        add(text, "limit", Integer.toString(query.limit()));
        return text.toString();
    }

    /** Writes the question how near the rate limits were. */
    public static String write(RateLimitQuery query) {
        StringBuilder text = new StringBuilder();
        add(text, "from", query.from().toString());
        add(text, "until", query.until().toString());
        add(text, "bucket", name(query.bucket()));
        add(text, "by", name(query.by()));
        return text.toString();
    }

    /** Writes the question for a list of alerts. */
    public static String write(AlertQuery query) {
        StringBuilder text = new StringBuilder();
        Instant since = query.since();
        if (since != null) {
            add(text, "since", since.toString());
        }
        add(text, "limit", Integer.toString(query.limit()));
        return text.toString();
    }

    static ReportQuery readReport(Params params) {
        expectKnown(params, REPORT);
        Instant from = needed(params, "from");
        Instant until = needed(params, "until");
        String bucket = params.one("bucket");
        Bucket width = bucket == null ? Bucket.ALL : value("bucket", bucket, Bucket.class);
        return new ReportQuery(from, until, width, by(params), where(params), top(params));
    }

    private static @Nullable Top top(Params params) {
        String order = params.one("order");
        Top.Order by = order == null ? Top.Order.COST : value("order", order, Top.Order.class);
        return params.one("top") == null ? null : new Top((int) params.number("top", 1, 1, TOP_MAX), by);
    }

    static InsightQuery readInsights(Params params) {
        expectKnown(params, SPAN);
        return new InsightQuery(needed(params, "from"), needed(params, "until"), where(params));
    }

    static CacheQuery readCache(Params params) {
        expectKnown(params, CACHE);
        List<Dimension> by = by(params);
        return new CacheQuery(
                needed(params, "from"), needed(params, "until"), by.isEmpty() ? CacheQuery.APP : by, where(params));
    }

    static RerateQuery readRerate(Params params, boolean apply) {
        expectKnown(params, SPAN);
        return new RerateQuery(needed(params, "from"), needed(params, "until"), where(params), apply);
    }

    static DetailQuery readDetails(Params params) {
        params.expectOnly(SPAN::contains, SPAN);
        return new DetailQuery(needed(params, "from"), needed(params, "until"));
    }

    static EntryQuery readEntries(Params params) {
        expectKnown(params, ENTRIES);
        Long after = params.one("after") == null ? null : (Long) params.number("after", 0, 0, Long.MAX_VALUE);
        String before = params.one("before");
        try {
            return new EntryQuery(
                    instant(params, "from"),
                    instant(params, "until"),
                    where(params),
                    after,
                    flag(params, "metered"),
                    (int) params.number("limit", 100, 1, ENTRIES_MAX),
                    only(params),
                    before == null ? null : EntryCursor.parse(before));
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static EntryFilter only(Params params) {
        List<Outcome> outcomes = new ArrayList<>();
        for (String name : params.all("outcome")) {
            outcomes.add(value("outcome", name, Outcome.class));
        }
        return new EntryFilter(
                outcomes,
                flag(params, "failed"),
                flag(params, "pending"),
                flag(params, "estimated"),
                amount(params),
                params.one("id"));
    }

    private static @Nullable BigDecimal amount(Params params) {
        String found = params.one("amount_least");
        if (found == null) {
            return null;
        }
        if (!AMOUNT.matcher(found).matches()) {
            throw Problem.parameter("amount_least", found, "an amount of USD such as 0.05");
        }
        return new BigDecimal(found);
    }

    static SessionQuery readSessions(Params params) {
        expectKnown(params, SESSIONS);
        String order = params.one("order");
        try {
            return new SessionQuery(
                    needed(params, "from"),
                    needed(params, "until"),
                    where(params),
                    order == null ? SessionQuery.Order.LAST : value("order", order, SessionQuery.Order.class),
                    (int) params.number("limit", 100, 1, SessionQuery.LIMIT_MAX),
                    params.one("cursor"));
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(String.valueOf(e.getMessage()));
        }
    }

    static ArrivalQuery readArrivals(Params params) {
        params.expectOnly(ARRIVALS::contains, ARRIVALS);
        return new ArrivalQuery(
                instant(params, "from"), instant(params, "until"), params.number("after", 0, 0, Long.MAX_VALUE), (int)
                        params.number("limit", 100, 1, ENTRIES_MAX));
    }

    static BatchQuery readBatches(Params params) {
        params.expectOnly(BATCHES::contains, BATCHES);
        String which = params.one("which");
        return new BatchQuery(
                which == null ? BatchQuery.Which.ALL : value("which", which, BatchQuery.Which.class),
                (int) params.number("limit", 100, 1, BATCHES_MAX));
    }

    static RateLimitQuery readRateLimits(Params params) {
        params.expectOnly(REPORT::contains, REPORT);
        String bucket = params.one("bucket");
        String by = params.one("by");
        try {
            return new RateLimitQuery(
                    needed(params, "from"),
                    needed(params, "until"),
                    bucket == null ? Bucket.HOUR : value("bucket", bucket, Bucket.class),
                    by == null ? Dimension.MODEL : value("by", by, Dimension.class));
        } catch (IllegalArgumentException e) {
            throw Problem.malformed(String.valueOf(e.getMessage()));
        }
    }

    static AlertQuery readAlerts(Params params) {
        params.expectOnly(ALERTS::contains, ALERTS);
        return new AlertQuery(instant(params, "since"), (int) params.number("limit", 100, 1, AlertBook.LISTED_MAX));
    }

    private static boolean flag(Params params, String name) {
        String found = params.one(name);
        if (found == null || found.equals("false")) {
            return false;
        }
        if (found.equals("true")) {
            return true;
        }
        throw Problem.parameter(name, found, "true or false");
    }

    private static void expectKnown(Params params, List<String> known) {
        List<String> shown = new ArrayList<>(known);
        for (Dimension dimension : Dimension.values()) {
            shown.add(WHERE + name(dimension));
        }
        params.expectOnly(shown::contains, shown);
    }

    private static List<Dimension> by(Params params) {
        List<Dimension> by = new ArrayList<>();
        for (String name : params.all("by")) {
            by.add(value("by", name, Dimension.class));
        }
        return by;
    }

    private static StringBuilder spanWhere(Instant from, Instant until, Map<Dimension, List<String>> where) {
        StringBuilder text = new StringBuilder();
        add(text, "from", from.toString());
        add(text, "until", until.toString());
        where(text, where);
        return text;
    }

    private static void where(StringBuilder text, Map<Dimension, List<String>> where) {
        for (Dimension dimension : Dimension.values()) {
            for (String value : where.getOrDefault(dimension, List.of())) {
                add(text, WHERE + name(dimension), value);
            }
        }
    }

    private static Map<Dimension, List<String>> where(Params params) {
        Map<Dimension, List<String>> where = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            List<String> values = params.all(WHERE + name(dimension));
            if (!values.isEmpty()) {
                where.put(dimension, values);
            }
        }
        return where;
    }

    private static Instant needed(Params params, String name) {
        Instant instant = instant(params, name);
        if (instant == null) {
            throw Problem.missing(name, "an instant such as 2026-11-01T00:00:00Z");
        }
        return instant;
    }

    private static @Nullable Instant instant(Params params, String name) {
        String found = params.one(name);
        if (found == null) {
            return null;
        }
        try {
            return Instant.parse(found);
        } catch (DateTimeParseException e) {
            throw Problem.parameter(name, found, "an instant such as 2026-11-01T00:00:00Z");
        }
    }

    private static <E extends Enum<E>> E value(String parameter, String found, Class<E> type) {
        List<String> names = new ArrayList<>();
        for (E value : type.getEnumConstants()) {
            if (name(value).equals(found)) {
                return value;
            }
            names.add(name(value));
        }
        throw Problem.parameter(parameter, found, "one of " + String.join(", ", names));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void add(StringBuilder text, String name, String value) {
        text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(URLEncoder.encode(value, UTF_8));
    }
}
