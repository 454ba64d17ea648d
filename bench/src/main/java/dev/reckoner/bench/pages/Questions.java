package dev.reckoner.bench.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What pages ask: each question's name and the path of the private API that answers it. */
final class Questions {
    private static final List<String> GROUPS =
            List.of("model", "user", "team", "project", "key", "workspace", "user&by=model");

    private static final int WEEK_DAYS = 7;
    private static final int MONTH_DAYS = 30;
    private static final int QUARTER_DAYS = 90;
    private static final int ALL_DAYS = 400;

    /** From an afternoon to the end of its day. */
    private static final Duration AFTERNOON = Duration.ofHours(10);

    private final List<Question> questions = new ArrayList<>();
    private final Instant end;

    /** What is asked at once: what it is called, and the paths. */
    record Question(String name, List<String> paths) {}

    /**
     * Questions about books whose last whole day ends then.
     *
     * @param end the end of the last day
     */
    Questions(Instant end) {
        this.end = end;
    }

    /**
     * All of them.
     *
     * @param user some user
     * @param session some session of theirs
     * @param requestId of some entry
     */
    List<Question> about(String user, String session, String requestId) {
        pages(user);
        reports(user);
        sessions(user);
        entries(user, session, requestId);
        for (String by : List.of("model", "user", "key")) {
            add("peaks of hours, month, by " + by, "ratelimits?bucket=hour&by=" + by + span(MONTH_DAYS));
        }
        add("peaks of minutes, day, by model", "ratelimits?bucket=minute&by=model" + span(1));
        add("details of a day", "details?" + span(1).substring(1));
        add("unsettled of a day", "unsettled?" + span(1).substring(1));
        add("in flight", "openings");
        return List.copyOf(questions);
    }

    /** Whole pages as a browser asks for them, all their questions at once. */
    private void pages(String user) {
        String week = span(WEEK_DAYS);
        String month = span(MONTH_DAYS);
        page(
                "overview",
                "report?bucket=all" + span(1),
                "report?bucket=all&by=user&top=100" + month,
                "report?bucket=all&by=model&top=100" + month,
                "report?bucket=day&by=model&top=10" + month,
                "report?bucket=day" + week,
                "alerts?limit=5",
                "credits/statement",
                "reconciliations?limit=1");
        for (String by : List.of("model", "user", "team", "key", "session", "tag", "service_tier")) {
            spend("cost by " + by + ", 30 days", by, "day", span(MONTH_DAYS));
        }
        spend("cost by model, 12 months", "model", "month", span(ALL_DAYS));
        spend("cost by user, 12 months", "user", "month", span(ALL_DAYS));
        spend("cost by tag, 12 months", "tag", "month", span(ALL_DAYS));
        spend("cost by model of a team, 12 months", "model", "month", "&where.team=team-3" + span(ALL_DAYS));
        spend("cost by user of a tag, 30 days", "user", "day", "&where.tag=ticket-7" + span(MONTH_DAYS));
        spend("cost by user, 90 days", "user", "day", span(QUARTER_DAYS));
        spend("cost by user, hours of two weeks", "user", "hour", span(2 * WEEK_DAYS));
        spend("cost by model, hours of a day", "model", "hour", span(1));
        spend(
                "cost by model, minutes of an hour",
                "model",
                "minute",
                span(end.minus(AFTERNOON), end.minus(AFTERNOON).plus(1, ChronoUnit.HOURS)));
        people("people, 30 days", "day", MONTH_DAYS);
        people("people, 12 months", "week", ALL_DAYS);
        for (int days : List.of(MONTH_DAYS, ALL_DAYS)) {
            owner("a person, " + days + " days", "&where.user=" + encoded(user), days);
            owner("a team, " + days + " days", "&where.team=team-3", days);
        }
        for (int days : List.of(1, WEEK_DAYS, MONTH_DAYS)) {
            page(
                    "rate limits and cache, " + days + " days",
                    "ratelimits?bucket=hour&by=model" + span(days),
                    "cache?by=project" + span(days));
        }
        page("entries, 30 days", "entries?metered=true&limit=100" + month);
        page("insights, 7 days", "insights?" + week.substring(1));
        page("insights, 30 days", "insights?" + month.substring(1));
        page("insights, 12 months", "insights?" + span(ALL_DAYS).substring(1));
        page("limits", "limits", "limits/changes?limit=50", "keys");
        page("keys", "keys", "keys/changes");
        page("reconciliation", "reconciliations?limit=200");
        page("chargeback", "chargeback?by=user&month=" + end.toString().substring(0, "2026-11".length()));
        page("rates", "rates");
        page("alerts", "alerts?limit=100");
        page("audit trail", "audit?limit=100");
    }

    /** Cost and Usage: a chart, a table, and the whole. */
    private void spend(String name, String by, String bucket, String span) {
        String grouped = "report?by=" + by + "&order=cost" + span;
        page(name, grouped + "&top=10&bucket=" + bucket, grouped + "&top=500&bucket=all", "report?bucket=all" + span);
    }

    private void owner(String name, String only, int days) {
        String asked = only + span(days);
        page(
                name,
                "report?by=model&bucket=" + (days == MONTH_DAYS ? "day" : "month") + asked,
                "sessions?order=cost&limit=200" + asked,
                "entries?metered=true&limit=20" + asked);
    }

    private void people(String name, String bucket, int days) {
        String grouped = "report?by=user" + span(days);
        page(name, grouped + "&top=101&bucket=" + bucket, grouped + "&top=500&bucket=all");
    }

    private void page(String name, String... paths) {
        questions.add(new Question("page: " + name, List.of(paths)));
    }

    private void reports(String user) {
        for (String by : GROUPS) {
            String name = by.replace("&by=", " and ");
            add("sums by " + name + ", day", "report?by=" + by + span(1));
            add("sums by " + name + ", month", "report?by=" + by + span(MONTH_DAYS));
            add("sums by " + name + ", all", "report?by=" + by + span(ALL_DAYS));
        }
        add("days by model, month", "report?bucket=day&by=model" + span(MONTH_DAYS));
        add("days by user, month", "report?bucket=day&by=user" + span(MONTH_DAYS));
        add("days by user, all", "report?bucket=day&by=user" + span(ALL_DAYS));
        add("months by model, all", "report?bucket=month&by=model" + span(ALL_DAYS));
        add("hours by model, day", "report?bucket=hour&by=model" + span(1));
        add("hours by user, day", "report?bucket=hour&by=user" + span(1));
        add("minutes by model, day", "report?bucket=minute&by=model" + span(1));
        String only = "&where.user=" + encoded(user);
        add("one user, days by model, month", "report?bucket=day&by=model" + only + span(MONTH_DAYS));
        add("one user, days by model, all", "report?bucket=day&by=model" + only + span(ALL_DAYS));
        add("one user, hours, day", "report?bucket=hour&by=model" + only + span(1));
    }

    private void sessions(String user) {
        String only = "&where.user=" + encoded(user);
        for (String order : List.of("last", "cost")) {
            String page = "sessions?limit=50&order=" + order;
            add("sessions by " + order + ", one user, month", page + only + span(MONTH_DAYS));
            add("sessions by " + order + ", month", page + span(MONTH_DAYS));
            add("sessions by " + order + ", all", page + span(ALL_DAYS));
        }
    }

    private void entries(String user, String session, String requestId) {
        String page = "entries?metered=true&limit=50";
        add("entries, newest", page);
        add("entries, month ago", page + "&until=" + end.minus(MONTH_DAYS, ChronoUnit.DAYS));
        for (String filter : List.of(
                "where.team=team-3",
                "where.project=project-5",
                "where.model=claude-sonnet-4-6",
                "where.model=claude-unlisted-1",
                "where.user=nobody",
                "outcome=failed_upstream_timeout",
                "failed=true",
                "pending=true",
                "estimated=true",
                "amount_least=0.9",
                "amount_least=5",
                "id=req_nothing")) {
            add("entries, " + filter.replace("where.", ""), page + "&" + filter);
        }
        add("entries, one user", page + "&where.user=" + encoded(user));
        add("entries, one user, failed", page + "&failed=true&where.user=" + encoded(user));
        add("entries, one session", page + "&where.session=" + session);
        add("entries, one key", page + "&where.key=" + encoded("sk-ant-api03-k07...AA"));
        add("entries, one request-id", page + "&id=" + requestId);
    }

    private void add(String name, String path) {
        questions.add(new Question(name, List.of(path)));
    }

    private String span(int days) {
        return span(end.minus(days, ChronoUnit.DAYS), end);
    }

    private static String span(Instant from, Instant until) {
        return String.format(Locale.ROOT, "&from=%s&until=%s", from, until);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
