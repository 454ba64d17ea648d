package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers report queries from a list of entries, by the plainest code there is; an answer is comparable text. */
final class Oracle {
    private final List<Entry> entries;

    Oracle(List<Entry> entries) {
        this.entries = entries;
    }

    List<String> report(ReportQuery query) {
        boolean ofDays = query.bucket() == Bucket.WEEK || query.bucket() == Bucket.MONTH;
        Bucket width = ofDays ? Bucket.DAY : query.bucket();
        Instant from = start(query.from(), width);
        Instant until = start(query.until(), width);
        Map<String, Sum> sums = new TreeMap<>();
        for (Entry entry : entries) {
            boolean inRange =
                    !entry.bookedAt().isBefore(from) && entry.bookedAt().isBefore(until);
            if (!inRange || !entry.closing().opening().route().metered()) {
                continue;
            }
            Line served = served(entry);
            for (Sum sum : matching(query, entry, served, sums)) {
                sum.exchange(entry);
            }
            for (Line line : entry.charge().lines()) {
                for (Sum sum : matching(query, entry, line, sums)) {
                    sum.line(entry, line);
                }
            }
        }
        return sums.entrySet().stream()
                .map(sum -> sum.getKey() + " " + sum.getValue())
                .toList();
    }

    /** Whether an entry belongs into a list filtered so. */
    static boolean matches(Entry entry, Map<Dimension, List<String>> where) {
        return passes(entry, served(entry), where)
                || entry.charge().lines().stream().anyMatch(line -> passes(entry, line, where));
    }

    static String key(@Nullable Instant start, List<String> group) {
        return (start == null ? "all" : start) + " " + group;
    }

    private static List<Sum> matching(ReportQuery query, Entry entry, @Nullable Line line, Map<String, Sum> sums) {
        List<Sum> matching = new ArrayList<>();
        if (passes(entry, line, query.where())) {
            Instant start = query.bucket() == Bucket.ALL ? null : start(entry.bookedAt(), query.bucket());
            for (List<String> group : groups(query.by(), entry, line)) {
                matching.add(sums.computeIfAbsent(key(start, group), none -> new Sum()));
            }
        }
        return matching;
    }

    private static boolean passes(Entry entry, @Nullable Line line, Map<Dimension, List<String>> where) {
        for (Map.Entry<Dimension, List<String>> filter : where.entrySet()) {
            List<String> own = new ArrayList<>(values(filter.getKey(), entry, line));
            if (filter.getKey() == Dimension.KEY) {
                own.add(entry.closing().opening().attribution().key().hash());
            }
            if (own.stream().noneMatch(filter.getValue()::contains)) {
                return false;
            }
        }
        return true;
    }

    private static List<List<String>> groups(List<Dimension> by, Entry entry, @Nullable Line line) {
        List<List<String>> groups = List.of(List.of());
        for (Dimension dimension : by) {
            List<List<String>> longer = new ArrayList<>();
            for (List<String> group : groups) {
                for (String value : values(dimension, entry, line)) {
                    List<String> grown = new ArrayList<>(group);
                    grown.add(value);
                    longer.add(grown);
                }
            }
            groups = longer;
        }
        return groups;
    }

    private static List<String> values(Dimension dimension, Entry entry, @Nullable Line line) {
        var attribution = entry.closing().opening().attribution();
        Usage usage = entry.closing().reading().usage();
        String value = switch (dimension) {
            case USER -> value(attribution.user());
            case TEAM -> value(attribution.team());
            case PROJECT -> value(attribution.project());
            case SESSION -> value(attribution.session());
            case TAG -> "";
            case KEY -> key(attribution.key());
            case VIRTUAL_KEY -> attribution.virtualKey();
            case WORKSPACE -> entry.closing().workspaceId();
            case MODEL -> line == null ? entry.closing().reading().model() : line.model();
            case SERVICE_TIER -> line == null ? usage == null ? null : usage.serviceTier() : line.serviceTier();
            case SPEED -> line == null ? usage == null ? null : usage.speed() : line.speed();
            case INFERENCE_GEO -> line == null ? usage == null ? null : usage.inferenceGeo() : line.inferenceGeo();
            case CONTEXT_WINDOW -> line == null ? null : line.contextWindow();
        };
        if (dimension == Dimension.TAG && !attribution.tags().isEmpty()) {
            return attribution.tags();
        }
        return List.of(value == null ? "" : value);
    }

    /** The model that an exchange itself is counted under. */
    static String model(Entry entry) {
        return values(Dimension.MODEL, entry, served(entry)).get(0);
    }

    private static @Nullable Line served(Entry entry) {
        List<Line> tokens = entry.charge().lines().stream()
                .filter(line -> line.type() != TokenType.WEB_SEARCH)
                .toList();
        if (tokens.isEmpty()) {
            List<Line> lines = entry.charge().lines();
            return lines.isEmpty() ? null : lines.get(lines.size() - 1);
        }
        return tokens.stream()
                .filter(line -> line.model().equals(entry.closing().reading().model()))
                .findFirst()
                .orElse(tokens.get(tokens.size() - 1));
    }

    private static String value(@Nullable Part part) {
        return part == null ? "" : part.value();
    }

    private static String key(KeyRef key) {
        if (!key.hint().isEmpty()) {
            return key.hint();
        }
        return key.hash().equals("none") ? "" : key.hash();
    }

    private static Instant start(Instant instant, Bucket bucket) {
        LocalDateTime time =
                LocalDateTime.ofInstant(instant, ZoneOffset.UTC).withNano(0).withSecond(0);
        if (bucket != Bucket.MINUTE) {
            time = time.withMinute(0);
        }
        if (bucket == Bucket.DAY || bucket == Bucket.WEEK || bucket == Bucket.MONTH) {
            time = time.withHour(0);
        }
        while (bucket == Bucket.WEEK && time.getDayOfWeek() != DayOfWeek.MONDAY) {
            time = time.minusDays(1);
        }
        while (bucket == Bucket.MONTH && time.getDayOfMonth() != 1) {
            time = time.minusDays(1);
        }
        return time.toInstant(ZoneOffset.UTC);
    }

    /** Sums of a group. */
    private static final class Sum {
        private int exchanges;
        private int failed;
        private int pending;
        private int estimated;
        private final Map<TokenType, Long> quantities = new TreeMap<>();
        private final Map<TokenType, BigDecimal> amounts = new TreeMap<>();
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;

        void exchange(Entry entry) {
            exchanges++;
            failed += entry.closing().outcome() == Outcome.OK_UPSTREAM_COMPLETE ? 0 : 1;
            pending += entry.charge().status() == RatingStatus.PENDING ? 1 : 0;
            estimated += entry.charge().estimated() ? 1 : 0;
            at(entry.bookedAt());
        }

        void line(Entry entry, Line line) {
            quantities.merge(line.type(), line.quantity(), Long::sum);
            amounts.merge(line.type(), line.amount() == null ? BigDecimal.ZERO : line.amount(), BigDecimal::add);
            at(entry.bookedAt());
        }

        private void at(Instant instant) {
            first = instant.isBefore(first) ? instant : first;
            last = instant.isAfter(last) ? instant : last;
        }

        @Override
        public String toString() {
            quantities.values().removeIf(quantity -> quantity == 0);
            amounts.values().removeIf(amount -> amount.signum() == 0);
            return text(List.of(exchanges, failed, pending, estimated), quantities, amounts, first, last);
        }
    }

    /** A group's sums as comparable text. */
    static String text(
            List<? extends Number> counts,
            Map<TokenType, Long> quantities,
            Map<TokenType, BigDecimal> amounts,
            Instant first,
            Instant last) {
        Map<TokenType, String> scaled = new TreeMap<>();
        amounts.forEach((type, amount) -> scaled.put(type, amount.setScale(18).toPlainString()));
        return counts + " " + new TreeMap<>(quantities) + " " + scaled + " " + first + " to " + last;
    }
}
