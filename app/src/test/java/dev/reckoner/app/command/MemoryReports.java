package dev.reckoner.app.command;

import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.ArrivalQuery;
import dev.reckoner.ledger.Arrivals;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.AttributeQuery;
import dev.reckoner.ledger.AttributeResult;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Corrections;
import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Details;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Document;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.ReloadedRates;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.RerateQuery;
import dev.reckoner.ledger.RerateResult;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.SessionPage;
import dev.reckoner.ledger.SessionQuery;
import dev.reckoner.ledger.SessionRow;
import dev.reckoner.ledger.SettleResult;
import dev.reckoner.ledger.Settlement;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Unsettled;
import dev.reckoner.ledger.Usage;
import dev.reckoner.ledger.alert.AlertBook;
import dev.reckoner.ledger.alert.AlertQuery;
import dev.reckoner.ledger.alert.StoredAlert;
import dev.reckoner.ledger.credit.CreditBook;
import dev.reckoner.ledger.credit.CreditEvent;
import dev.reckoner.ledger.credit.CreditNote;
import dev.reckoner.ledger.insight.BooksInsights;
import dev.reckoner.ledger.insight.ExchangeFact;
import dev.reckoner.ledger.insight.Insights;
import dev.reckoner.ledger.rating.Rater;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Books in memory: entries of users, rated by the real table, grouped by plain code. */
final class MemoryReports implements Reports, Corrections, Archive, AlertBook, CreditBook {
    final List<AttributeQuery> attributesAsked = new CopyOnWriteArrayList<>();
    volatile AttributeResult attributed = new AttributeResult(0, 0, false, List.of());
    private static final Rater RATER = new Rater(RateTables.builtIn());

    final List<StoredEntry> stored = new ArrayList<>();
    final List<ExchangeFact> facts = new ArrayList<>();
    final List<BatchRow> batches = new ArrayList<>();
    final List<StoredAlert> alerts = new ArrayList<>();
    final List<SessionRow> sessions = new ArrayList<>();
    final List<SessionQuery> sessionsAsked = new ArrayList<>();
    final List<RateLimitRow> rateLimits = new ArrayList<>();
    final List<RateLimitQuery> rateLimitsAsked = new ArrayList<>();
    final List<CreditEvent> credits = new ArrayList<>();
    final List<String> findings = new ArrayList<>();
    final List<RerateQuery> reratesAsked = new ArrayList<>();
    final List<Revision> revisions = new ArrayList<>();
    RerateResult rerated = new RerateResult("v", 0, 0, false, BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, List.of());
    final List<ReportQuery> asked = new ArrayList<>();
    Lag lag = new Lag(0, Duration.ZERO);

    /** Insights of these books. */
    Insights insights() {
        return new BooksInsights(this, (from, until, where, to) -> facts.forEach(to), RateTables::builtIn);
    }

    /** Books a message of so many tokens in and out. */
    MemoryReports message(String user, String model, String at, long input, long output) {
        TokenCounts tokens = new TokenCounts(input, output, 0L, 0L, 0L, 0L);
        Usage usage = new Usage(tokens, null, null, null, null, "standard", "global", "standard", List.of());
        Reading reading = new Reading(
                "msg_" + stored.size(),
                model,
                usage,
                true,
                "end_turn",
                false,
                null,
                4 * output,
                List.of("{\"input_tokens\":" + input + ",\"output_tokens\":" + output + "}"),
                null);
        return book(user, Instant.parse(at), reading, Outcome.OK_UPSTREAM_COMPLETE);
    }

    /** Books a message whose body was held whole until its entry was on disk. */
    MemoryReports whole(String user, String model, String at) {
        message(user, model, at, 10, 5);
        StoredEntry last = stored.remove(stored.size() - 1);
        Closing streamed = last.entry().closing();
        Closing closing = new Closing(
                streamed.opening(),
                streamed.endedAt(),
                null,
                streamed.status(),
                streamed.outcome(),
                null,
                streamed.requestId(),
                null,
                null,
                streamed.bytesIn(),
                streamed.bytesOut(),
                streamed.reading(),
                null);
        stored.add(new StoredEntry(
                last.sequence(),
                0,
                new Entry(closing, last.entry().charge(), last.entry().bookedAt())));
        return this;
    }

    /** Books a stream that its client left. */
    MemoryReports aborted(String user, String model, String at, long input, long bytes) {
        TokenCounts tokens = new TokenCounts(input, 1L, 0L, 0L, 0L, 0L);
        Usage usage = new Usage(tokens, null, null, null, null, "standard", "global", "standard", List.of());
        Reading reading = new Reading("msg_x", model, usage, false, null, null, null, bytes, List.of(), null);
        return book(user, Instant.parse(at), reading, Outcome.FAILED_DOWNSTREAM_ABORTED);
    }

    private MemoryReports book(String user, Instant at, Reading reading, Outcome outcome) {
        int number = stored.size() + 1;
        ExchangeId id = new ExchangeId(new UUID(0x0193_0000_0000_7000L + number, 0x8000_0000_00ab_cd00L + number));
        Attribution attribution = new Attribution(
                new Attribution.Part(user, Attribution.Source.PATH),
                null,
                null,
                null,
                List.of(),
                new KeyRef("0123456789abcdef0123456789abcdef", "sk-ant-api03-abc...wxyz", KeyRef.Kind.API_KEY),
                null);
        Asked request = new Asked(reading.model(), true, 1024L, null, null, null, null, null, null);
        Opening opening = new Opening(
                id, at.minusMillis(1500), Route.MESSAGES, "POST", "/v1/messages", attribution, request, null);
        Closing closing = new Closing(
                opening,
                at,
                at.minusMillis(1200),
                200,
                outcome,
                null,
                "req_" + number,
                null,
                null,
                120,
                4000,
                reading,
                null);
        stored.add(new StoredEntry(number, 0, new Entry(closing, RATER.rate(closing, at), at)));
        return this;
    }

    @Override
    public Details details(DetailQuery query) {
        throw new UnsupportedOperationException("no command of these tests asks for details");
    }

    @Override
    public Unsettled unsettled(DetailQuery query) {
        throw new UnsupportedOperationException("no command of these tests settles anything");
    }

    @Override
    public void keep(String kind, String name, String body) {
        throw new UnsupportedOperationException("no command of these tests keeps a document");
    }

    @Override
    public Optional<Document> find(String kind, String name) {
        return Optional.empty();
    }

    @Override
    public List<Document> list(String kind, int limit) {
        return List.of();
    }

    @Override
    public List<ReportRow> report(ReportQuery query) {
        asked.add(query);
        Map<String, List<Entry>> groups = new TreeMap<>();
        for (StoredEntry one : stored) {
            Entry entry = one.entry();
            if (!entry.bookedAt().isBefore(query.from())
                    && entry.bookedAt().isBefore(query.until())
                    && allowed(query, entry)) {
                groups.computeIfAbsent(
                                start(query.bucket(), entry) + "|" + group(query.by(), entry),
                                first -> new ArrayList<>())
                        .add(entry);
            }
        }
        return groups.values().stream().map(entries -> row(query, entries)).toList();
    }

    private static boolean allowed(ReportQuery query, Entry entry) {
        return query.where().entrySet().stream()
                .allMatch(filter -> filter.getValue().contains(value(filter.getKey(), entry)));
    }

    private static ReportRow row(ReportQuery query, List<Entry> entries) {
        Map<TokenType, Long> quantities = new EnumMap<>(TokenType.class);
        Map<TokenType, BigDecimal> amounts = new EnumMap<>(TokenType.class);
        for (Entry entry : entries) {
            for (Line line : entry.charge().lines()) {
                quantities.merge(line.type(), line.quantity(), Long::sum);
                amounts.merge(line.type(), line.amount() == null ? BigDecimal.ZERO : line.amount(), BigDecimal::add);
            }
        }
        Entry first = entries.get(0);
        Sums sums = new Sums(
                entries.size(),
                entries.stream()
                        .filter(entry -> !entry.closing().outcome().ok())
                        .count(),
                entries.stream()
                        .filter(entry -> entry.charge().status() == RatingStatus.PENDING)
                        .count(),
                entries.stream().filter(entry -> entry.charge().estimated()).count(),
                quantities,
                amounts);
        return new ReportRow(
                start(query.bucket(), first),
                group(query.by(), first),
                sums,
                first.bookedAt(),
                entries.get(entries.size() - 1).bookedAt());
    }

    private static @Nullable Instant start(Bucket bucket, Entry entry) {
        LocalDate day = LocalDate.ofInstant(entry.bookedAt(), ZoneOffset.UTC);
        return switch (bucket) {
            case ALL -> null;
            case MONTH -> day.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            default -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
        };
    }

    private static List<String> group(List<Dimension> by, Entry entry) {
        return by.stream().map(dimension -> value(dimension, entry)).toList();
    }

    private static String value(Dimension dimension, Entry entry) {
        Closing closing = entry.closing();
        Attribution.Part user = closing.opening().attribution().user();
        String model = closing.reading().model();
        return switch (dimension) {
            case USER -> user == null ? "" : user.value();
            case MODEL -> model == null ? "" : model;
            default -> "";
        };
    }

    @Override
    public SessionPage sessions(SessionQuery query) {
        sessionsAsked.add(query);
        return new SessionPage(sessions, null);
    }

    @Override
    public List<StoredEntry> entries(EntryQuery query) {
        Long after = query.after();
        if (after != null) {
            return stored.stream()
                    .filter(one -> one.sequence() > after)
                    .limit(query.limit())
                    .toList();
        }
        List<StoredEntry> newest = new ArrayList<>(stored);
        Collections.reverse(newest);
        return newest.stream().limit(query.limit()).toList();
    }

    @Override
    public List<StoredEntry> find(String id) {
        return stored.stream()
                .filter(one -> id.equals(one.entry().id().toString())
                        || id.equals(one.entry().closing().requestId()))
                .toList();
    }

    @Override
    public List<Revision> history(ExchangeId id) {
        return !revisions.isEmpty()
                ? revisions
                : find(id.toString()).stream()
                        .map(one -> new Revision(one.revision(), one.entry(), null, null, null))
                        .toList();
    }

    @Override
    public RerateResult rerate(RerateQuery query) {
        reratesAsked.add(query);
        return rerated;
    }

    @Override
    public AttributeResult attribute(AttributeQuery query) {
        attributesAsked.add(query);
        return attributed;
    }

    @Override
    public SettleResult settle(List<Settlement> settlements) {
        throw new UnsupportedOperationException("no command of these tests settles anything");
    }

    @Override
    public ReloadedRates reloadRates() {
        throw new LedgerException("no server runs");
    }

    @Override
    public Arrivals arrivals(ArrivalQuery query) {
        List<Arrivals.Arrival> arrivals = stored.stream()
                .filter(one -> one.sequence() > query.after())
                .limit(query.limit())
                .map(one -> new Arrivals.Arrival(one, null, null, null))
                .toList();
        long last = arrivals.isEmpty()
                ? query.after()
                : arrivals.get(arrivals.size() - 1).entry().sequence();
        return new Arrivals(arrivals, last, arrivals.size() == query.limit());
    }

    @Override
    public List<BatchRow> batches(BatchQuery query) {
        return batches.stream().limit(query.limit()).toList();
    }

    @Override
    public List<StoredAlert> list(AlertQuery query) {
        return alerts.stream().limit(query.limit()).toList();
    }

    @Override
    public List<CreditEvent> events() {
        return List.copyOf(credits);
    }

    @Override
    public void record(CreditNote note) {
        credits.add(new CreditEvent(credits.size() + 1L, note, note.at()));
    }

    @Override
    public StoredAlert test() {
        return alerts.get(0);
    }

    @Override
    public List<RateLimitRow> rateLimits(RateLimitQuery query) {
        rateLimitsAsked.add(query);
        return rateLimits;
    }

    @Override
    public List<Opening> openings() {
        return List.of();
    }

    @Override
    public Audit verify() {
        return new Audit(stored.size(), 0, 0, 0, 0, findings);
    }

    @Override
    public Lag lag() {
        return lag;
    }
}
