package dev.reckoner.reconcile.chargeback;

import dev.reckoner.ledger.ArrivalQuery;
import dev.reckoner.ledger.Arrivals;
import dev.reckoner.ledger.Audit;
import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Details;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.EntryQuery;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.LineDetail;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Revision;
import dev.reckoner.ledger.SessionPage;
import dev.reckoner.ledger.SessionQuery;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Unsettled;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Books of output tokens in memory, for whoever splits a bill by them. */
final class BookedReports implements Reports {

    static final String HINT = "sk-ant-api03-abc...wxyz";

    private final List<Used> lines = new ArrayList<>();

    /** What someone used. */
    record Used(LocalDate day, String model, String user, String team, String project, long tokens, BigDecimal amount) {
        private String value(Dimension dimension) {
            return switch (dimension) {
                case USER -> user;
                case TEAM -> team;
                case PROJECT -> project;
                case MODEL -> model;
                case KEY -> HINT;
                case SERVICE_TIER, SPEED -> "standard";
                case INFERENCE_GEO -> "global";
                case CONTEXT_WINDOW -> "0-200k";
                case VIRTUAL_KEY, WORKSPACE, SESSION, TAG -> "";
            };
        }

        private boolean within(Instant from, Instant until) {
            Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            return !start.isBefore(from) && start.isBefore(until);
        }
    }

    void book(Used used) {
        lines.add(used);
    }

    /** Takes all that a user is known to have used for another's. */
    void reattribute(String from, String to) {
        lines.replaceAll(line -> line.user.equals(from)
                ? new Used(line.day, line.model, to, line.team, line.project, line.tokens, line.amount)
                : line);
    }

    @Override
    public List<ReportRow> report(ReportQuery query) {
        Map<List<Object>, Used> sums = new LinkedHashMap<>();
        for (Used line : lines) {
            if (line.within(query.from(), query.until())) {
                List<Object> group = new ArrayList<>();
                group.add(query.bucket() == Bucket.ALL ? LocalDate.EPOCH : line.day);
                query.by().forEach(dimension -> group.add(line.value(dimension)));
                sums.merge(
                        group,
                        line,
                        (a, b) -> new Used(a.day, "", "", "", "", a.tokens + b.tokens, a.amount.add(b.amount)));
            }
        }
        List<ReportRow> rows = new ArrayList<>();
        sums.forEach((group, sum) -> {
            @Nullable
            Instant start = query.bucket() == Bucket.ALL
                    ? null
                    : sum.day.atStartOfDay(ZoneOffset.UTC).toInstant();
            List<String> names =
                    group.subList(1, group.size()).stream().map(String::valueOf).toList();
            Sums totals =
                    new Sums(1, 0, 0, 0, Map.of(TokenType.OUTPUT, sum.tokens), Map.of(TokenType.OUTPUT, sum.amount));
            rows.add(new ReportRow(start, names, totals, Instant.EPOCH, Instant.EPOCH));
        });
        return rows;
    }

    @Override
    public Details details(DetailQuery query) {
        List<LineDetail> details = new ArrayList<>();
        for (Used line : lines) {
            if (line.within(query.from(), query.until())) {
                Map<Dimension, String> group = new LinkedHashMap<>();
                for (Dimension dimension : Dimension.values()) {
                    group.put(dimension, line.value(dimension));
                }
                details.add(
                        new LineDetail(group, TokenType.OUTPUT, LineDetail.Kind.EXACT, null, line.tokens, line.amount));
            }
        }
        return new Details(details, List.of());
    }

    @Override
    public Unsettled unsettled(DetailQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Arrivals arrivals(ArrivalQuery query) {
        return new Arrivals(List.of(), query.after(), /* more= */ false);
    }

    @Override
    public List<BatchRow> batches(BatchQuery query) {
        return List.of();
    }

    @Override
    public SessionPage sessions(SessionQuery query) {
        throw new UnsupportedOperationException("no chargeback asks for sessions");
    }

    @Override
    public List<StoredEntry> entries(EntryQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredEntry> find(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Revision> history(ExchangeId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RateLimitRow> rateLimits(RateLimitQuery query) {
        throw new UnsupportedOperationException("no chargeback asks for rate limits");
    }

    @Override
    public List<Opening> openings() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Audit verify() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Lag lag() {
        throw new UnsupportedOperationException();
    }
}
