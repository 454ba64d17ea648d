package dev.reckoner.reconcile.booked;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Details;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.LineDetail;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Crossing;
import dev.reckoner.reconcile.HourlyLine;
import dev.reckoner.reconcile.LedgerLine;
import dev.reckoner.reconcile.Stated.KeyModelDay;
import dev.reckoner.reconcile.chargeback.Share;
import dev.reckoner.reconcile.identity.Identity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the ledger in cells: whole days from the rollups, in which a line is a sum of everything; and, for the few days
 * that don't match, line by line with how far each can be relied on.
 */
public final class LedgerReader {

    private static final List<Dimension> TERMS = List.of(
            Dimension.WORKSPACE,
            Dimension.MODEL,
            Dimension.SERVICE_TIER,
            Dimension.CONTEXT_WINDOW,
            Dimension.INFERENCE_GEO,
            Dimension.SPEED);

    /** Days that are read at once; a store reads for several as fast as for one. */
    private static final int READERS = 4;

    private final Reports reports;
    private final Identity identity;

    public LedgerReader(Reports reports, Identity identity) {
        this.reports = reports;
        this.identity = identity;
    }

    /** What is booked on some days, {@code until} exclusive; every line counts as exact. Days are read side by side. */
    public List<LedgerLine> days(LocalDate from, LocalDate until) {
        return SideBySide.of(from.datesUntil(until).toList(), READERS, span -> {
            List<LedgerLine> lines = new ArrayList<>();
            LocalDate last = span.get(span.size() - 1);
            for (ReportRow row : daily(span.get(0), last.plusDays(1), Dimension.KEY)) {
                lines.addAll(lines(row));
            }
            return lines;
        });
    }

    private List<LedgerLine> lines(ReportRow row) {
        List<LedgerLine> lines = new ArrayList<>();
        String key = identity.ofLedgerKey(row.group().get(TERMS.size()));
        for (TokenType type : TokenType.values()) {
            long quantity = row.sums().quantity(type);
            if (quantity != 0) {
                BigDecimal amount = row.sums().amount(type);
                lines.add(new LedgerLine(cell(row, type), key, LedgerLine.Kind.EXACT, quantity, amount));
            }
        }
        return lines;
    }

    /** How many exchanges are booked on some days, {@code until} exclusive, by key and model. */
    public Map<KeyModelDay, Long> requests(LocalDate from, LocalDate until) {
        List<Dimension> by = List.of(Dimension.KEY, Dimension.MODEL);
        Map<KeyModelDay, Long> requests = new HashMap<>();
        for (ReportRow row : reports.report(new ReportQuery(start(from), start(until), Bucket.DAY, by, Map.of()))) {
            String key = identity.ofLedgerKey(row.group().get(0));
            KeyModelDay of = new KeyModelDay(
                    day(row), key == null ? "" : key, row.group().get(1));
            requests.merge(of, row.sums().exchanges(), Long::sum);
        }
        return requests;
    }

    /**
     * What is booked on some days by the hour, {@code until} exclusive.
     *
     * @param keys as the ledger calls them; where keys can't be told apart, what is booked of all of them comes
     */
    public List<HourlyLine> hours(LocalDate from, LocalDate until, Set<String> keys) {
        List<Dimension> by = new ArrayList<>(TERMS);
        by.add(Dimension.KEY);
        Map<Dimension, List<String>> where = identity.listed() ? Map.of(Dimension.KEY, List.copyOf(keys)) : Map.of();
        ReportQuery query = new ReportQuery(start(from), start(until), Bucket.HOUR, by, where);
        List<HourlyLine> lines = new ArrayList<>();
        for (ReportRow row : reports.report(query)) {
            Instant hour = Objects.requireNonNull(row.start(), "an hourly report has a row without an hour");
            lines(row).forEach(line -> lines.add(new HourlyLine(hour, line)));
        }
        return lines;
    }

    /** What each owner used on some days, {@code until} exclusive. */
    public List<Share> shares(LocalDate from, LocalDate until, Dimension owner) {
        List<Share> shares = new ArrayList<>();
        for (ReportRow row : daily(from, until, owner)) {
            for (TokenType type : TokenType.values()) {
                long quantity = row.sums().quantity(type);
                if (quantity != 0) {
                    shares.add(new Share(cell(row, type), row.group().get(TERMS.size()), quantity));
                }
            }
        }
        return shares;
    }

    /** Names of the keys that were ever booked, up to a day. Reads all of the books. */
    public Set<String> keysSeen(LocalDate until) {
        return keysSeen(until, Map.of());
    }

    /** Which of some keys were ever booked, up to a day. Reads all of the books, where there is anything to look for. */
    public Set<String> keysSeen(LocalDate until, Set<String> among) {
        if (among.isEmpty()) {
            return Set.of();
        }
        List<String> hints = among.stream().map(identity::hint).toList();
        return keysSeen(until, identity.listed() ? Map.of(Dimension.KEY, hints) : Map.of());
    }

    private Set<String> keysSeen(LocalDate until, Map<Dimension, List<String>> where) {
        Set<String> keys = new HashSet<>();
        for (String hint : seen(Dimension.KEY, until, where)) {
            String key = identity.ofLedgerKey(hint);
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Every value of a dimension that was ever booked, up to a day. */
    public Set<String> seen(Dimension dimension, LocalDate until) {
        return seen(dimension, until, Map.of());
    }

    private Set<String> seen(Dimension dimension, LocalDate until, Map<Dimension, List<String>> where) {
        ReportQuery ever = new ReportQuery(Instant.EPOCH, start(until), Bucket.ALL, List.of(dimension), where);
        Set<String> values = new HashSet<>();
        for (ReportRow row : reports.report(ever)) {
            values.add(row.group().get(0));
        }
        values.remove("");
        return values;
    }

    /** One day, line by line. */
    public Detailed day(LocalDate day) {
        Details details = reports.details(new DetailQuery(start(day), start(day.plusDays(1))));
        Detailed detailed = new Detailed(new ArrayList<>(), new ArrayList<>(), new HashSet<>());
        for (LineDetail detail : details.lines()) {
            LedgerLine line = line(day, detail);
            detailed.lines.add(line);
            Instant other = detail.otherDay();
            if (other != null) {
                detailed.crossings.add(new Crossing(line, LocalDate.ofInstant(other, ZoneOffset.UTC)));
            }
        }
        for (String lost : details.lostKeys()) {
            String key = identity.ofLedgerKey(lost);
            if (key != null) {
                detailed.lost.add(key);
            }
        }
        return detailed;
    }

    /**
     * One day, line by line.
     *
     * @param lines by cell, key and kind; a line that crosses a midnight stands by itself
     * @param crossings those lines
     * @param lost keys with an exchange of which nothing is known but that it was in flight
     */
    public record Detailed(List<LedgerLine> lines, List<Crossing> crossings, Set<String> lost) {}

    private List<ReportRow> daily(LocalDate from, LocalDate until, Dimension last) {
        List<Dimension> by = new ArrayList<>(TERMS);
        by.add(last);
        return reports.report(new ReportQuery(start(from), start(until), Bucket.DAY, by, Map.of()));
    }

    private LedgerLine line(LocalDate day, LineDetail detail) {
        Map<Dimension, String> group = detail.group();
        List<String> terms = new ArrayList<>();
        TERMS.forEach(dimension -> terms.add(group.getOrDefault(dimension, "")));
        return new LedgerLine(
                cell(day, terms, detail.type()),
                identity.ofLedgerKey(group.getOrDefault(Dimension.KEY, "")),
                LedgerLine.Kind.valueOf(detail.kind().name()),
                detail.quantity(),
                detail.amount());
    }

    private Cell cell(ReportRow row, TokenType type) {
        return cell(day(row), row.group(), type);
    }

    private static LocalDate day(ReportRow row) {
        Instant start = row.start();
        if (start == null) {
            throw new IllegalStateException("a daily report has a row without a day");
        }
        return LocalDate.ofInstant(start, ZoneOffset.UTC);
    }

    private Cell cell(LocalDate day, List<String> terms, TokenType type) {
        String workspace = identity.ofLedgerWorkspace(terms.get(0));
        if (type == TokenType.WEB_SEARCH) {
            return Cell.ofOther(day, workspace, Cell.WEB_SEARCH);
        }
        return Cell.ofTokens(
                day,
                workspace,
                type.vendorName(),
                new Cell.Terms(
                        stated(terms.get(1)),
                        stated(terms.get(2)),
                        stated(terms.get(3)),
                        stated(terms.get(4)),
                        stated(terms.get(5))));
    }

    private static @Nullable String stated(String value) {
        return value.isEmpty() ? null : value;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
