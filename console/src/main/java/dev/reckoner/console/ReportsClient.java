package dev.reckoner.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.config.LimitRule;
import dev.reckoner.console.books.AlertsApi;
import dev.reckoner.console.books.ArchiveApi;
import dev.reckoner.console.books.BooksApi;
import dev.reckoner.console.books.BooksJson;
import dev.reckoner.console.books.BooksQuery;
import dev.reckoner.console.books.CorrectionsApi;
import dev.reckoner.console.books.CreditsApi;
import dev.reckoner.console.books.InsightsApi;
import dev.reckoner.console.books.KeysApi;
import dev.reckoner.console.books.LimitsApi;
import dev.reckoner.console.books.TrailApi;
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
import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.KeyDraft;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.keys.VirtualKey;
import dev.reckoner.ledger.limit.Limit;
import dev.reckoner.ledger.limit.LimitChange;
import dev.reckoner.ledger.limit.Limits;
import dev.reckoner.ledger.limit.Standing;
import dev.reckoner.ledger.trail.Trail;
import dev.reckoner.ledger.trail.TrailRow;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The books of a running server, read and corrected over its console's private API. What it returns equals what the
 * server's own {@link Reports} and {@link Corrections} returned. Blocks like any other; safe on any thread.
 */
public final class ReportsClient
        implements Reports, Corrections, Archive, AlertBook, Keys, CreditBook, Limits, Insights, Trail {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(10);

    private final URI console;
    private final @Nullable String token;
    private final ObjectMapper mapper = BooksJson.mapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(ProxySelector.of(null))
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_MAX)
            .build();

    /**
     * A client of one server; asks nothing yet.
     *
     * @param console the console's address, such as {@code http://127.0.0.1:8485}
     * @param token what is shown to it, null for nothing
     */
    public ReportsClient(URI console, @Nullable String token) {
        this.console = console;
        this.token = token;
    }

    @Override
    public List<ReportRow> report(ReportQuery query) {
        return get("report?" + BooksQuery.write(query), BooksApi.Rows.class).rows();
    }

    @Override
    public SessionPage sessions(SessionQuery query) {
        return get("sessions?" + BooksQuery.write(query), SessionPage.class);
    }

    @Override
    public List<StoredEntry> entries(EntryQuery query) {
        return get("entries?" + BooksQuery.write(query), BooksApi.Entries.class).entries();
    }

    @Override
    public List<StoredEntry> find(String id) {
        return get("entries/" + URLEncoder.encode(id, UTF_8), BooksApi.Entries.class)
                .entries();
    }

    @Override
    public List<Revision> history(ExchangeId id) {
        return get("history/" + id, BooksApi.History.class).revisions();
    }

    @Override
    public Arrivals arrivals(ArrivalQuery query) {
        return get("arrivals?" + BooksQuery.write(query), Arrivals.class);
    }

    @Override
    public List<BatchRow> batches(BatchQuery query) {
        return get("batches?" + BooksQuery.write(query), BooksApi.Batches.class).batches();
    }

    @Override
    public List<RateLimitRow> rateLimits(RateLimitQuery query) {
        return get("ratelimits?" + BooksQuery.write(query), BooksApi.RateLimits.class)
                .rows();
    }

    @Override
    public List<Opening> openings() {
        return get("openings", BooksApi.Openings.class).openings();
    }

    @Override
    public Audit verify() {
        return get("verify", Audit.class);
    }

    @Override
    public Lag lag() {
        return get("lag", Lag.class);
    }

    /** How the server stands, as it says at {@code /reckoner/v1/state}. */
    public JsonNode state() {
        return get(StateApi.NAME, JsonNode.class);
    }

    @Override
    public RerateResult rerate(RerateQuery query) {
        String pathAndQuery = CorrectionsApi.RERATE + "?" + BooksQuery.write(query);
        return query.apply() ? post(pathAndQuery, "", RerateResult.class) : get(pathAndQuery, RerateResult.class);
    }

    @Override
    public ReloadedRates reloadRates() {
        return post(CorrectionsApi.RELOAD, "", ReloadedRates.class);
    }

    @Override
    public Details details(DetailQuery query) {
        return get("details?" + BooksQuery.write(query), Details.class);
    }

    @Override
    public Unsettled unsettled(DetailQuery query) {
        return get("unsettled?" + BooksQuery.write(query), Unsettled.class);
    }

    @Override
    public SettleResult settle(List<Settlement> settlements) {
        return post(CorrectionsApi.SETTLE, written(new CorrectionsApi.Settlements(settlements)), SettleResult.class);
    }

    @Override
    public AttributeResult attribute(AttributeQuery query) {
        return post(CorrectionsApi.ATTRIBUTE, written(query), AttributeResult.class);
    }

    @Override
    public void keep(String kind, String name, String body) {
        post(ArchiveApi.DOCUMENTS + named(kind, name), written(body), ArchiveApi.Documents.class);
    }

    @Override
    public Optional<Document> find(String kind, String name) {
        return get(ArchiveApi.FIND + named(kind, name), ArchiveApi.Documents.class).documents().stream()
                .findFirst();
    }

    @Override
    public List<Document> list(String kind, int limit) {
        String pathAndQuery = ArchiveApi.DOCUMENTS + "?kind=" + URLEncoder.encode(kind, UTF_8) + "&limit=" + limit;
        return get(pathAndQuery, ArchiveApi.Documents.class).documents();
    }

    @Override
    public List<StoredAlert> list(AlertQuery query) {
        return get(AlertsApi.ALERTS + "?" + BooksQuery.write(query), AlertsApi.Alerts.class)
                .alerts();
    }

    @Override
    public StoredAlert test() {
        return post(AlertsApi.TEST, "", StoredAlert.class);
    }

    @Override
    public IssuedKey create(KeyDraft draft, String origin) {
        return post(KeysApi.KEYS, written(new KeysApi.Creation(draft, origin)), IssuedKey.class);
    }

    @Override
    public List<VirtualKey> list() {
        return get(KeysApi.KEYS, KeysApi.All.class).keys();
    }

    @Override
    public VirtualKey revoke(String id, String origin) {
        return post(KeysApi.REVOKE, written(new KeysApi.Change(id, Duration.ZERO, origin)), VirtualKey.class);
    }

    @Override
    public IssuedKey rotate(String id, Duration grace, String origin) {
        return post(KeysApi.ROTATE, written(new KeysApi.Change(id, grace, origin)), IssuedKey.class);
    }

    @Override
    public List<KeyChange> changes(String id) {
        return get(KeysApi.CHANGES + "?id=" + URLEncoder.encode(id, UTF_8), KeysApi.Changes.class)
                .changes();
    }

    @Override
    public List<CreditEvent> events() {
        return get(CreditsApi.CREDITS, CreditsApi.Events.class).events();
    }

    @Override
    public void record(CreditNote note) {
        post(CreditsApi.CREDITS, written(note), CreditsApi.Events.class);
    }

    @Override
    public InsightReport insights(InsightQuery query) {
        return get(InsightsApi.INSIGHTS + "?" + BooksQuery.write(query), InsightReport.class);
    }

    @Override
    public CacheReport cache(CacheQuery query) {
        return get(InsightsApi.CACHE + "?" + BooksQuery.write(query), CacheReport.class);
    }

    @Override
    public List<Standing> standings() {
        return get(LimitsApi.LIMITS, LimitsApi.Standings.class).standings();
    }

    @Override
    public Limit set(LimitRule rule, String by) {
        return post(LimitsApi.LIMITS, written(new LimitsApi.Setting(rule, by)), Limit.class);
    }

    @Override
    public Limit remove(String id, String by) {
        return post(LimitsApi.REMOVE, written(new LimitsApi.Removal(id, by)), Limit.class);
    }

    @Override
    public List<LimitChange> changes(String limitId, long before, int max) {
        String pathAndQuery =
                LimitsApi.CHANGES + "?id=" + URLEncoder.encode(limitId, UTF_8) + "&before=" + before + "&limit=" + max;
        return get(pathAndQuery, LimitsApi.Changes.class).changes();
    }

    @Override
    public List<TrailRow> trail(long before, int max) {
        String pathAndQuery = TrailApi.AUDIT + "?before=" + before + "&limit=" + max;
        return get(pathAndQuery, TrailApi.Changes.class).changes().stream()
                .map(TrailApi.Changed::row)
                .toList();
    }

    private static String named(String kind, String name) {
        return "?kind=" + URLEncoder.encode(kind, UTF_8) + "&name=" + URLEncoder.encode(name, UTF_8);
    }

    private String written(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (IOException e) {
            throw new ReportsFailed("a request could not be written as JSON: " + e.getMessage(), e);
        }
    }

    private <T> T get(String pathAndQuery, Class<T> type) {
        return ask(request(pathAndQuery).build(), type);
    }

    private <T> T post(String pathAndQuery, String body, Class<T> type) {
        HttpRequest request = request(pathAndQuery)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return ask(request, type);
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        HttpRequest.Builder request = HttpRequest.newBuilder(console.resolve(BooksApi.PREFIX + pathAndQuery))
                .timeout(ANSWER_MAX);
        return token == null ? request : request.header("authorization", "Bearer " + token);
    }

    private <T> T ask(HttpRequest request, Class<T> type) {
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new ReportsFailed(
                            "the server at " + console + " answered " + response.statusCode() + ": " + message(body));
                }
                return mapper.readValue(body, type);
            }
        } catch (IOException e) {
            throw new ReportsFailed("the server at " + console + " could not be asked: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReportsFailed("interrupted while waiting for the server at " + console, e);
        }
    }

    private String message(InputStream body) throws IOException {
        JsonNode envelope = mapper.readTree(body);
        return envelope.path("error").path("message").asText("no message");
    }
}
