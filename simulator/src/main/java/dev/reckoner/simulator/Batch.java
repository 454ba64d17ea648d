package dev.reckoner.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.simulator.admin.Admin;
import dev.reckoner.simulator.admin.Billable;
import dev.reckoner.simulator.admin.PromptSize;
import dev.reckoner.simulator.admin.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One batch: its items are worked on one after the other, evenly over its time, and what became of them follows from
 * the clock alone (api-facts §2.1). Thread-safe.
 */
final class Batch {
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String id;
    private final String credential;
    private final List<BatchItem> items;
    private final Instant createdAt;
    private final Duration time;
    private volatile @Nullable Instant canceledAt;

    Batch(String id, String credential, List<BatchItem> items, Instant createdAt, Duration time) {
        this.id = id;
        this.credential = credential;
        this.items = List.copyOf(items);
        this.createdAt = createdAt;
        this.time = time;
    }

    String id() {
        return id;
    }

    /** Whether it was created with a key and not with a login. */
    boolean hasKey() {
        return !credential.startsWith(Desk.LOGIN_PREFIX);
    }

    /** Stops the work on what is not done yet; a batch that has ended stays as it is. */
    void cancel(Instant now) {
        if (canceledAt == null && !ended(now)) {
            canceledAt = now;
        }
    }

    /** Whether there are results: never at the very instant it was created or canceled. */
    boolean ended(Instant now) {
        return now.isAfter(createdAt) && !now.isBefore(endedAt()) && !now.equals(canceledAt);
    }

    /** The batch as the vendor shows it. */
    ObjectNode json(Instant now, String resultsUrl) {
        boolean ended = ended(now);
        Instant canceled = canceledAt;
        ObjectNode json = NODES.objectNode().put("id", id).put("type", "message_batch");
        json.put("processing_status", ended ? "ended" : canceled == null ? "in_progress" : "canceling");
        counts(json.putObject("request_counts"), now);
        json.put("created_at", createdAt.toString());
        json.put("expires_at", createdAt.plus(LIFETIME).toString());
        json.put("ended_at", ended ? endedAt().toString() : null);
        json.put("cancel_initiated_at", canceled == null ? null : canceled.toString());
        json.putNull("archived_at");
        json.put("results_url", ended ? resultsUrl : null);
        return json;
    }

    /** The lines of the results, in an order of their own. */
    List<ObjectNode> results() {
        List<ObjectNode> lines = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            BatchItem item = items.get(i);
            ObjectNode line = NODES.objectNode().put("custom_id", item.customId());
            line.set("result", item.result(ending(i)));
            lines.add(line);
        }
        Collections.shuffle(lines, new Random(id.hashCode()));
        return lines;
    }

    /** What is billed for each item once the batch has ended. */
    List<ItemReceipt> receipts(Instant now) {
        List<ItemReceipt> receipts = new ArrayList<>();
        for (int i = 0; ended(now) && i < items.size(); i++) {
            receipts.add(items.get(i).receipt(id, ending(i)));
        }
        return receipts;
    }

    /** The same for the Admin side: under the key that created the batch, from its creation to its end. */
    List<Billable> billables(Instant now, Admin admin) {
        List<Billable> billables = new ArrayList<>();
        for (ItemReceipt receipt : receipts(now)) {
            String model = receipt.model();
            if (model != null) {
                Terms terms = Terms.of(model)
                        .tier(BatchDesk.TIER)
                        .geo(receipt.geo())
                        .prompt(PromptSize.of(receipt.billed().prompt()));
                billables.add(new Billable(createdAt, endedAt(), admin.under(credential, terms), 1, receipt.billed()));
            }
        }
        return billables;
    }

    private void counts(ObjectNode counts, Instant now) {
        Map<ItemEnding, Integer> ended = new EnumMap<>(ItemEnding.class);
        for (int i = 0; ended(now) && i < items.size(); i++) {
            ended.merge(ending(i), 1, Integer::sum);
        }
        counts.put("processing", ended(now) ? 0 : items.size());
        for (ItemEnding ending : ItemEnding.values()) {
            counts.put(ending.wireName(), ended.getOrDefault(ending, 0));
        }
    }

    private ItemEnding ending(int index) {
        Instant done = createdAt.plus(time.multipliedBy(index + 1L).dividedBy(items.size()));
        Instant canceled = canceledAt;
        if (canceled != null && done.isAfter(canceled)) {
            return ItemEnding.CANCELED;
        }
        if (done.isAfter(createdAt.plus(LIFETIME))) {
            return ItemEnding.EXPIRED;
        }
        return items.get(index).problem() == null ? ItemEnding.SUCCEEDED : ItemEnding.ERRORED;
    }

    private Instant endedAt() {
        Instant canceled = canceledAt;
        Instant done = createdAt.plus(time.compareTo(LIFETIME) < 0 ? time : LIFETIME);
        return canceled != null && canceled.isBefore(done) ? canceled : done;
    }
}
