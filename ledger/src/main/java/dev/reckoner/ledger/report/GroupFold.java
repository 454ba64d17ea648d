package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Top;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.TagList;
import dev.reckoner.ledger.store.Tally;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Folds sums into the buckets and groups that were asked for: days into months, lists of tags into a group per tag, and
 * groups beyond those that are told apart into one. Groups by tag overlap: an exchange counts under each of its tags, so
 * their sums add up to more than the whole.
 */
final class GroupFold {
    private final Bucket bucket;
    private final int tagPlace;
    private final @Nullable Top top;
    private final Map<Key, Tally> tallies = new HashMap<>();

    /** Starts empty. */
    GroupFold(ReportQuery query) {
        this.bucket = query.bucket();
        this.tagPlace = query.by().indexOf(Dimension.TAG);
        this.top = query.top();
    }

    /** Adds to the sums of a group, of each of its tags where tags are asked for. */
    void add(Instant unitStart, List<String> group, Consumer<Tally> adding) {
        Instant start = bucket == Bucket.ALL ? Instant.EPOCH : Buckets.start(unitStart, bucket);
        if (tagPlace < 0) {
            adding.accept(tally(start, group));
            return;
        }
        for (String tag : TagList.tagsOrNone(group.get(tagPlace))) {
            List<String> tagged = new ArrayList<>(group);
            tagged.set(tagPlace, tag);
            adding.accept(tally(start, tagged));
        }
    }

    /**
     * The rows, ordered by bucket, then by group, those of all others behind them; without those that corrections have left
     * empty.
     */
    List<ReportRow> rows() {
        tallies.values().removeIf(Tally::empty);
        Map<List<String>, Size> sizes = sizes();
        Set<List<String>> apart = apart(sizes);
        int others = sizes.size() - apart.size();
        Map<Instant, Tally> rest = new TreeMap<>();
        Map<Key, Tally> shown = new TreeMap<>();
        tallies.forEach((key, tally) -> {
            if (others == 0 || apart.contains(key.group())) {
                shown.put(key, tally);
            } else {
                rest.computeIfAbsent(key.start(), none -> new Tally()).add(tally);
            }
        });
        List<ReportRow> rows = new ArrayList<>(shown.size());
        Iterator<Map.Entry<Instant, Tally>> behind = rest.entrySet().iterator();
        Map.Entry<Instant, Tally> next = behind.hasNext() ? behind.next() : null;
        for (Map.Entry<Key, Tally> entry : shown.entrySet()) {
            while (next != null && next.getKey().isBefore(entry.getKey().start())) {
                rows.add(row(next.getKey(), List.of(), others, next.getValue()));
                next = behind.hasNext() ? behind.next() : null;
            }
            rows.add(row(entry.getKey().start(), entry.getKey().group(), 0, entry.getValue()));
        }
        while (next != null) {
            rows.add(row(next.getKey(), List.of(), others, next.getValue()));
            next = behind.hasNext() ? behind.next() : null;
        }
        return rows;
    }

    /** How large each group is; of none where all are told apart. */
    private Map<List<String>, Size> sizes() {
        Map<List<String>, Size> sizes = new HashMap<>();
        if (top != null) {
            tallies.forEach((key, tally) ->
                    sizes.computeIfAbsent(key.group(), Size::new).add(tally));
        }
        return sizes;
    }

    /** The groups that are told apart: all, or one less than there may be rows. */
    private Set<List<String>> apart(Map<List<String>, Size> sizes) {
        if (top == null || sizes.size() <= top.most()) {
            return sizes.keySet();
        }
        Comparator<Size> largestFirst = top.order() == Top.Order.COST ? Size.BY_COST : Size.BY_TOKENS;
        PriorityQueue<Size> largest = new PriorityQueue<>(largestFirst.reversed());
        for (Size size : sizes.values()) {
            largest.add(size);
            if (largest.size() >= top.most()) {
                largest.remove();
            }
        }
        return largest.stream().map(Size::group).collect(Collectors.toSet());
    }

    /** How large a group is, over all buckets. */
    private static final class Size {
        private static final Comparator<Size> BY_NAME = Comparator.comparing(size -> String.join("\n", size.group));
        static final Comparator<Size> BY_COST = Comparator.comparing((Size size) -> size.amount)
                .thenComparing(size -> size.tokens)
                .reversed()
                .thenComparing(BY_NAME);
        static final Comparator<Size> BY_TOKENS = Comparator.comparing((Size size) -> size.tokens)
                .thenComparing(size -> size.amount)
                .reversed()
                .thenComparing(BY_NAME);

        private final List<String> group;
        private BigDecimal amount = BigDecimal.ZERO;
        private long tokens;

        Size(List<String> group) {
            this.group = group;
        }

        void add(Tally tally) {
            amount = amount.add(tally.amount());
            tokens += tally.tokens();
        }

        List<String> group() {
            return group;
        }
    }

    private ReportRow row(Instant start, List<String> group, int others, Tally tally) {
        return new ReportRow(
                bucket == Bucket.ALL ? null : start,
                group,
                others,
                tally.sums(),
                Nanos.toInstant(tally.firstAt()),
                Nanos.toInstant(tally.lastAt()));
    }

    private Tally tally(Instant start, List<String> group) {
        return tallies.computeIfAbsent(new Key(start, group), none -> new Tally());
    }

    private record Key(Instant start, List<String> group) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = start.compareTo(other.start);
            for (int i = 0; order == 0 && i < group.size(); i++) {
                order = group.get(i).compareTo(other.group.get(i));
            }
            return order;
        }
    }
}
