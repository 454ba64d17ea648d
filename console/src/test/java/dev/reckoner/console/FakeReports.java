package dev.reckoner.console;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.ArrivalQuery;
import dev.reckoner.ledger.Arrivals;
import dev.reckoner.ledger.AttributeQuery;
import dev.reckoner.ledger.AttributeResult;
import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.Corrections;
import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Details;
import dev.reckoner.ledger.Document;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Pulse;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.ReloadedRates;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.RerateQuery;
import dev.reckoner.ledger.RerateResult;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.SessionPage;
import dev.reckoner.ledger.SessionQuery;
import dev.reckoner.ledger.SettleResult;
import dev.reckoner.ledger.Settlement;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.Unsettled;
import dev.reckoner.ledger.alert.AlertBook;
import dev.reckoner.ledger.alert.AlertQuery;
import dev.reckoner.ledger.alert.StoredAlert;
import dev.reckoner.ledger.credit.CreditBook;
import dev.reckoner.ledger.credit.CreditEvent;
import dev.reckoner.ledger.credit.CreditNote;
import dev.reckoner.ledger.insight.CacheQuery;
import dev.reckoner.ledger.insight.CacheReport;
import dev.reckoner.ledger.insight.InsightQuery;
import dev.reckoner.ledger.insight.InsightReport;
import dev.reckoner.ledger.insight.Insights;
import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.Change;
import dev.reckoner.ledger.trail.TrailBook;
import dev.reckoner.ledger.trail.TrailRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/** Books that answer what the test says, and keep what they were asked. */
final class FakeReports implements Reports, Corrections, Archive, AlertBook, CreditBook, Insights, TrailBook {
    final List<AttributeQuery> attributesAsked = new CopyOnWriteArrayList<>();
    volatile AttributeResult attributed = new AttributeResult(0, 0, false, List.of());

    static final Instant KEPT_AT = Instant.parse("2026-11-21T09:00:00Z");

    final BlockingQueue<ReportQuery> reportsAsked = new LinkedBlockingQueue<>();
    final BlockingQueue<SessionQuery> sessionsAsked = new LinkedBlockingQueue<>();
    volatile SessionPage sessions = new SessionPage(List.of(), null);
    final BlockingQueue<EntryQuery> entriesAsked = new LinkedBlockingQueue<>();
    final BlockingQueue<BatchQuery> batchesAsked = new LinkedBlockingQueue<>();
    final BlockingQueue<String> idsAsked = new LinkedBlockingQueue<>();

    volatile Function<ReportQuery, List<ReportRow>> rows = query -> List.of();
    volatile List<StoredEntry> entries = List.of();
    final BlockingQueue<ArrivalQuery> arrivalsAsked = new LinkedBlockingQueue<>();
    volatile Arrivals arrivals = new Arrivals(List.of(), 0, false);
    volatile List<Revision> revisions = List.of();
    volatile List<BatchRow> batches = List.of();
    final BlockingQueue<RerateQuery> reratesAsked = new LinkedBlockingQueue<>();

    volatile Supplier<RerateResult> rerated = () -> {
        throw new IllegalStateException("no test asked for it");
    };
    volatile Supplier<ReloadedRates> reloaded = () -> {
        throw new IllegalStateException("no test asked for it");
    };
    volatile List<Opening> openings = List.of();
    final BlockingQueue<DetailQuery> detailsAsked = new LinkedBlockingQueue<>();
    volatile Details details = new Details(List.of(), List.of());
    volatile Unsettled unsettled = new Unsettled(List.of(), List.of(), false);
    final List<Settlement> settlementsAsked = new CopyOnWriteArrayList<>();
    final BlockingQueue<AlertQuery> alertsAsked = new LinkedBlockingQueue<>();
    volatile List<StoredAlert> alerts = List.of();
    volatile List<RateLimitRow> rateLimits = List.of();
    final BlockingQueue<RateLimitQuery> rateLimitsAsked = new LinkedBlockingQueue<>();
    final List<CreditEvent> credits = new CopyOnWriteArrayList<>();
    final BlockingQueue<InsightQuery> insightsAsked = new LinkedBlockingQueue<>();
    final BlockingQueue<CacheQuery> cachesAsked = new LinkedBlockingQueue<>();
    volatile Supplier<InsightReport> insights = () -> {
        throw new IllegalStateException("no test asked for it");
    };
    volatile Supplier<CacheReport> cache = () -> {
        throw new IllegalStateException("no test asked for it");
    };
    final List<Document> documents = new CopyOnWriteArrayList<>();
    volatile Audit audit = new Audit(0, 0, 0, 0, 0, List.of());
    final List<TrailRow> noted = new CopyOnWriteArrayList<>();
    volatile Supplier<Pulse> pulse = () -> FakeParts.STILL;
    volatile Supplier<Lag> lag = () -> new Lag(0, Duration.ZERO);

    @Override
    public List<ReportRow> report(ReportQuery query) {
        reportsAsked.add(query);
        return rows.apply(query);
    }

    @Override
    public SessionPage sessions(SessionQuery query) {
        sessionsAsked.add(query);
        return sessions;
    }

    @Override
    public List<StoredEntry> entries(EntryQuery query) {
        entriesAsked.add(query);
        return entries;
    }

    @Override
    public List<StoredEntry> find(String id) {
        idsAsked.add(id);
        return entries;
    }

    @Override
    public List<Revision> history(ExchangeId id) {
        idsAsked.add(id.toString());
        return revisions;
    }

    @Override
    public Arrivals arrivals(ArrivalQuery query) {
        arrivalsAsked.add(query);
        return arrivals;
    }

    @Override
    public List<BatchRow> batches(BatchQuery query) {
        batchesAsked.add(query);
        return batches;
    }

    @Override
    public Details details(DetailQuery query) {
        detailsAsked.add(query);
        return details;
    }

    @Override
    public Unsettled unsettled(DetailQuery query) {
        detailsAsked.add(query);
        return unsettled;
    }

    @Override
    public InsightReport insights(InsightQuery query) {
        insightsAsked.add(query);
        return insights.get();
    }

    @Override
    public CacheReport cache(CacheQuery query) {
        cachesAsked.add(query);
        return cache.get();
    }

    @Override
    public AttributeResult attribute(AttributeQuery query) {
        attributesAsked.add(query);
        return attributed;
    }

    @Override
    public SettleResult settle(List<Settlement> settlements) {
        settlementsAsked.addAll(settlements);
        return new SettleResult(settlements.size(), 0, BigDecimal.ZERO, new BigDecimal("0.25"));
    }

    @Override
    public void keep(String kind, String name, String body) {
        documents.add(new Document(kind, name, KEPT_AT, body));
    }

    @Override
    public Optional<Document> find(String kind, String name) {
        return documents.stream()
                .filter(document ->
                        document.kind().equals(kind) && document.name().equals(name))
                .findFirst();
    }

    @Override
    public List<Document> list(String kind, int limit) {
        return documents.stream()
                .filter(document -> document.kind().equals(kind))
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredAlert> list(AlertQuery query) {
        alertsAsked.add(query);
        return alerts;
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
        return openings;
    }

    @Override
    public RerateResult rerate(RerateQuery query) {
        reratesAsked.add(query);
        return rerated.get();
    }

    @Override
    public ReloadedRates reloadRates() {
        return reloaded.get();
    }

    @Override
    public Audit verify() {
        return audit;
    }

    @Override
    public Lag lag() {
        return lag.get();
    }

    @Override
    public List<TrailRow> trail(long before, int max) {
        List<TrailRow> latest = new ArrayList<>(noted);
        Collections.reverse(latest);
        return latest.stream().filter(row -> row.number() < before).limit(max).toList();
    }

    @Override
    public void note(Actor actor, Change change) {
        noted.add(new TrailRow(noted.size() + 1, Instant.parse("2026-11-22T12:00:00Z"), actor, change));
    }
}
