package dev.reckoner.ledger.report;

import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.store.Nanos;
import dev.reckoner.ledger.store.TagList;
import dev.reckoner.ledger.store.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Folds summed rows into the buckets and groups that were asked for: days into months, and lists of tags into a group
 * per tag. Groups by tag overlap: an exchange counts under each of its tags, so their sums add up to more than the whole.
 */
final class GroupFold {
    private final Bucket bucket;
    private final int tagPlace;
    private final Map<Key, Tally> tallies = new HashMap<>();

    /**
     * Starts empty.
     *
     * @param tagPlace which place of a group holds tags, -1 where none does
     */
    GroupFold(Bucket bucket, int tagPlace) {
        this.bucket = bucket;
        this.tagPlace = tagPlace;
    }

    void add(Instant unitStart, List<String> group, Tally tally) {
        Instant start = bucket == Bucket.ALL ? Instant.EPOCH : Buckets.start(unitStart, bucket);
        if (tagPlace < 0) {
            tally(start, group).add(tally);
            return;
        }
        for (String tag : TagList.tagsOrNone(group.get(tagPlace))) {
            List<String> tagged = new ArrayList<>(group);
            tagged.set(tagPlace, tag);
            tally(start, tagged).add(tally);
        }
    }

    /** The rows, ordered by bucket, then by group; without those that corrections have left empty. */
    List<ReportRow> rows() {
        List<ReportRow> rows = new ArrayList<>(tallies.size());
        for (Map.Entry<Key, Tally> entry : new TreeMap<>(tallies).entrySet()) {
            Tally tally = entry.getValue();
            if (tally.empty()) {
                continue;
            }
            rows.add(new ReportRow(
                    bucket == Bucket.ALL ? null : entry.getKey().start(),
                    entry.getKey().group(),
                    tally.sums(),
                    Nanos.toInstant(tally.firstAt()),
                    Nanos.toInstant(tally.lastAt())));
        }
        return rows;
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
