package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RateLimitQuery;
import dev.reckoner.ledger.RateLimitRow;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.VendorLimits;
import dev.reckoner.ledger.report.EntryScan.Scanned;
import dev.reckoner.ledger.store.Dims;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.Tuples;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Peaks per minute beside the vendor's limits. Reads entries and their lines once and adds them up per minute and tuple,
 * whatever is grouped by then: for days, not for years; hours that lie behind are kept by {@link KeptPeaks}.
 */
final class RateLimitSums implements EntryScan.Taker {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final int TOO_MANY_REQUESTS = 429;

    /** Responses below it, and those that are throttled, state the limits. */
    private static final int REDIRECTION = 300;

    /** An exchange is booked at its start or at its end: one that began or ended in the time asked for lies within this. */
    static final Duration LONGEST_EXCHANGE = Duration.ofHours(2);

    private static final EntryScan SCAN = new EntryScan("e.route = 'MESSAGES'");

    // index: primary key
    private static final String STATED = "select rate_limits from entries where entry_id = ?";

    private static final Set<String> TIERS_WITH_LIMITS_OF_THEIR_OWN = Set.of("priority", "batch");
    private static final String SPEED_WITH_LIMITS_OF_ITS_OWN = "fast";

    private final Tuples.Lookup tuples;
    private final Instant from;
    private final Instant until;
    private final long width;
    private final Map<At, Cell> cells = new HashMap<>();
    private final Map<Source, Newest> sources = new HashMap<>();

    /** A minute and a tuple; where nothing was served, the model is the one that was asked for. */
    private record At(long minute, UUID tuple, String asked) {}

    /** What happened in a minute under a tuple. */
    private static final class Cell {
        private long input;
        private long cacheRead;
        private long output;
        private long requests;
        private long throttled;

        void add(Cell other) {
            input += other.input;
            cacheRead += other.cacheRead;
            output += other.output;
            requests += other.requests;
            throttled += other.throttled;
        }

        void to(RateLimitFold fold, Instant minute) {
            fold.input(minute, input, cacheRead);
            fold.output(minute, output);
            fold.requests(minute, requests);
        }
    }

    /** A bucket and a group. */
    private record Place(long bucket, String group) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int order = Long.compare(bucket, other.bucket);
            return order != 0 ? order : group.compareTo(other.group);
        }
    }

    /** Whom the vendor told its limits to in a bucket: they are those of an organisation's workspace and of a model. */
    private record Source(long bucket, String model, String workspace, String key) {}

    private RateLimitSums(Tuples.Lookup tuples, Instant from, Instant until, Bucket bucket) {
        this.tuples = tuples;
        this.from = Buckets.start(Nanos.clamp(from), bucket);
        this.until = Buckets.start(Nanos.clamp(until), bucket);
        this.width = bucket == Bucket.MINUTE ? MINUTE : HOUR;
    }

    /** The rows, ordered by bucket, then by group. */
    static List<RateLimitRow> sum(Connection connection, Tuples tuples, RateLimitQuery query) throws SQLException {
        List<Dimension> by = List.of(query.by());
        return sums(connection, tuples, query.from(), query.until(), query.bucket(), by)
                .getOrDefault(query.by(), List.of());
    }

    /** The same by several dimensions. */
    static Map<Dimension, List<RateLimitRow>> sums(
            Connection connection, Tuples tuples, Instant from, Instant until, Bucket bucket, List<Dimension> bys)
            throws SQLException {
        try (Tuples.Lookup lookup = tuples.over(connection)) {
            RateLimitSums sums = new RateLimitSums(lookup, from, until, bucket);
            SCAN.read(connection, sums.from.minus(LONGEST_EXCHANGE), sums.until.plus(LONGEST_EXCHANGE), sums);
            Map<Source, VendorLimits> stated = sums.stated(connection);
            Map<Dimension, List<RateLimitRow>> rows = new TreeMap<>();
            for (Dimension by : bys) {
                rows.put(by, sums.rows(by, stated));
            }
            return rows;
        }
    }

    @Override
    public void entry(Scanned entry) throws SQLException {
        Dims tuple = tuples.of(entry.tuple());
        if (!entry.latest() || !counts(tuple) || !within(entry.startedAt())) {
            return;
        }
        String asked = tuple.model().isEmpty() ? entry.asked() : "";
        if (entry.status() != 0 && entry.outcome() != Outcome.FAILED_LOCAL_REFUSED) {
            Cell cell = cell(entry.startedAt(), entry.tuple(), asked);
            boolean refused = entry.status() == TOO_MANY_REQUESTS && entry.outcome() == Outcome.FAILED_UPSTREAM_STATUS;
            cell.requests++;
            cell.throttled += refused ? 1 : 0;
            if (refused || entry.status() < REDIRECTION) {
                sources.computeIfAbsent(source(entry.startedAt(), tuple, asked), none -> new Newest())
                        .seen(entry.id());
            }
        }
    }

    @Override
    public void line(Scanned entry, boolean own, UUID id, TokenType type, long quantity, BigDecimal amount)
            throws SQLException {
        long at = type == TokenType.OUTPUT ? entry.endedAt() : entry.startedAt();
        boolean asked = own && entry.latest() && type != TokenType.WEB_SEARCH && within(at);
        if (!asked || !counts(tuples.of(id))) {
            return;
        }
        Cell cell = cell(at, id, "");
        switch (type) {
            case OUTPUT -> cell.output += quantity;
            case CACHE_READ -> cell.cacheRead += quantity;
            default -> cell.input += quantity;
        }
    }

    /** The entries of a source that came last; the first of them that says so states its limits. */
    private static final class Newest {
        private static final int KEPT = 4;
        private final PriorityQueue<Long> ids = new PriorityQueue<>();

        void seen(long entryId) {
            ids.add(entryId);
            if (ids.size() > KEPT) {
                ids.remove();
            }
        }

        List<Long> latestFirst() {
            return ids.stream().sorted(Comparator.reverseOrder()).toList();
        }
    }

    private Map<Source, VendorLimits> stated(Connection connection) throws SQLException {
        Map<Source, VendorLimits> stated = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(STATED)) {
            for (Map.Entry<Source, Newest> source : sources.entrySet()) {
                Iterator<Long> ids = source.getValue().latestFirst().iterator();
                while (ids.hasNext() && !stated.containsKey(source.getKey())) {
                    query.setLong(1, ids.next());
                    try (ResultSet result = query.executeQuery()) {
                        VendorLimits limits = VendorLimits.read(result.next() ? result.getString(1) : null);
                        if (!limits.equals(VendorLimits.NONE)) {
                            stated.put(source.getKey(), limits);
                        }
                    }
                }
            }
        }
        return stated;
    }

    private List<RateLimitRow> rows(Dimension by, Map<Source, VendorLimits> stated) throws SQLException {
        Map<Place, Group> groups = new TreeMap<>();
        for (Map.Entry<At, Cell> cell : cells.entrySet()) {
            At at = cell.getKey();
            Dims tuple = tuples.of(at.tuple());
            String name = by == Dimension.MODEL ? model(tuple, at.asked()) : tuple.of(by);
            groups.computeIfAbsent(new Place(at.minute() * MINUTE / width, name), none -> new Group())
                    .add(at.minute(), source(at.minute() * MINUTE, tuple, at.asked()), tuple.user(), cell.getValue());
        }
        List<RateLimitRow> rows = new ArrayList<>();
        groups.forEach((place, group) -> {
            Instant start = Nanos.toInstant(place.bucket() * width);
            rows.add(group.fold(stated).row(start, place.group()));
        });
        return rows;
    }

    /** What happened in a bucket under a name. */
    private static final class Group {
        private final Map<Long, Cell> minutes = new TreeMap<>();
        private final Set<Source> sources = new HashSet<>();
        private final Map<String, Long> throttled = new TreeMap<>();

        void add(long minute, Source source, String user, Cell cell) {
            minutes.computeIfAbsent(minute, none -> new Cell()).add(cell);
            sources.add(source);
            throttled.merge(user, cell.throttled, Long::sum);
        }

        RateLimitFold fold(Map<Source, VendorLimits> stated) {
            RateLimitFold fold = new RateLimitFold();
            sources.forEach(source -> fold.limits(stated.getOrDefault(source, VendorLimits.NONE)));
            throttled.forEach(fold::throttled);
            minutes.forEach((minute, cell) -> cell.to(fold, Nanos.toInstant(minute * MINUTE)));
            return fold;
        }
    }

    private boolean within(long nanos) {
        long minute = nanos / MINUTE * MINUTE;
        return minute >= Nanos.of(from) && minute < Nanos.of(until);
    }

    private Cell cell(long nanos, UUID tuple, String asked) {
        return cells.computeIfAbsent(new At(nanos / MINUTE, tuple, asked), none -> new Cell());
    }

    private Source source(long nanos, Dims tuple, String asked) {
        return new Source(nanos / width, model(tuple, asked), tuple.workspace(), tuple.keyHash());
    }

    private static String model(Dims tuple, String asked) {
        return tuple.model().isEmpty() ? asked : tuple.model();
    }

    /** Whether what was served under a tuple counts towards the limits: some have limits of their own (api-facts §6). */
    private static boolean counts(Dims tuple) {
        return !TIERS_WITH_LIMITS_OF_THEIR_OWN.contains(tuple.serviceTier())
                && !tuple.speed().equals(SPEED_WITH_LIMITS_OF_ITS_OWN);
    }
}
