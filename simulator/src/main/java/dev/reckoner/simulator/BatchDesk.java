package dev.reckoner.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.simulator.Reply.Piece;
import dev.reckoner.simulator.admin.Admin;
import dev.reckoner.simulator.admin.Billable;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers what is asked about batches: create, get, list, results, cancel, delete (api-facts §2.1). Thread-safe. */
final class BatchDesk {
    static final String PATH = "/v1/messages/batches";
    static final String TIER = "batch";

    private static final int ITEMS_MAX = 100_000;
    private static final int PAGE_DEFAULT = 20;
    private static final int PAGE_MAX = 1_000;
    private static final String JSON = "application/json";
    private static final Pattern CUSTOM_ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SimulatorOptions options;
    private final Catalogue catalogue;
    private final PromptMeter meter;
    private final Ids ids;

    /** By ordinal, the newest last. */
    private final ConcurrentSkipListMap<Long, Batch> batches = new ConcurrentSkipListMap<>();

    /** Billed as the others. */
    private final Queue<Batch> deleted = new ConcurrentLinkedQueue<>();

    BatchDesk(SimulatorOptions options, Catalogue catalogue, PromptMeter meter, Ids ids) {
        this.options = options;
        this.catalogue = catalogue;
        this.meter = meter;
        this.ids = ids;
    }

    /** Answers a request whose credential was checked. */
    Reply answer(Ask ask, Fault fault) {
        String rest = ask.path().substring(PATH.length());
        if (rest.isEmpty()) {
            return switch (ask.method()) {
                case "POST" -> create(ask, fault);
                case "GET" -> list(ask, fault);
                default -> throw Problem.notFound("Not found");
            };
        }
        String[] parts = rest.substring(1).split("/", -1);
        Batch batch = find(parts[0]);
        String call = parts.length == 1 ? ask.method() : ask.method() + " " + parts[1];
        return switch (parts.length > 2 ? "" : call) {
            case "GET" -> plain(shown(batch, ask, now()), fault);
            case "GET results" -> results(batch, fault);
            case "POST cancel" -> {
                Instant now = now();
                batch.cancel(now);
                yield plain(shown(batch, ask, now), fault);
            }
            case "DELETE" -> delete(batch, fault);
            default -> throw Problem.notFound("Not found");
        };
    }

    /** What is billed for the items of every batch that has ended. */
    List<ItemReceipt> receipts() {
        return created().flatMap(batch -> batch.receipts(now()).stream()).toList();
    }

    /** The same for the Admin side; logins without a key are on a subscription. */
    List<Billable> billables(Admin admin) {
        return created()
                .filter(Batch::hasKey)
                .flatMap(batch -> batch.billables(now(), admin).stream())
                .toList();
    }

    private Stream<Batch> created() {
        return Stream.concat(deleted.stream(), batches.values().stream());
    }

    private Reply create(Ask ask, Fault fault) {
        JsonNode requests =
                tree(BodyDecoder.decode(ask, options.requestBytesMax)).path("requests");
        if (!requests.isArray() || requests.isEmpty()) {
            throw Problem.invalid("requests: expected at least one request");
        }
        if (requests.size() > ITEMS_MAX) {
            throw Problem.invalid("requests: expected at most " + ITEMS_MAX);
        }
        Set<String> seen = new HashSet<>();
        List<BatchItem> items = new ArrayList<>();
        for (JsonNode request : requests) {
            String customId = request.path("custom_id").asText();
            if (!CUSTOM_ID.matcher(customId).matches()) {
                throw Problem.invalid("requests." + items.size() + ".custom_id: expected " + CUSTOM_ID);
            }
            if (!seen.add(customId)) {
                throw Problem.invalid("requests." + items.size() + ".custom_id: is not unique");
            }
            items.add(item(ask, customId, request.path("params"), items.size()));
        }
        Instant now = now();
        Batch batch = new Batch(
                ids.batch(ask.ordinal()),
                Objects.requireNonNullElse(ask.credential(), ""),
                items,
                now,
                options.batchTime);
        batches.put(ask.ordinal(), batch);
        return plain(shown(batch, ask, now), fault);
    }

    /** Parameters are looked at when an item's turn comes: a bad one ends that item and not the batch. */
    private BatchItem item(Ask ask, String customId, JsonNode params, int index) {
        try {
            byte[] body = params.toString().getBytes(StandardCharsets.UTF_8);
            MessageRequest request = MessageRequest.parse(body, catalogue, ask.version(), false);
            if (request.preWarm() || request.speed().equals("fast")) {
                throw Problem.invalid("max_tokens: expected at least 1, and speed: expected 'standard' in a batch");
            }
            SplittableRandom random = new SplittableRandom(options.seed * 47 + body.length * 31L + index);
            Composer composer = new Composer(request, random, options.outputTokensMax, TIER);
            return new BatchItem(
                    customId, composer.compose(ids.item(ask.ordinal(), index), meter.meter(request)), null);
        } catch (Problem problem) {
            return new BatchItem(customId, null, problem);
        }
    }

    private Reply list(Ask ask, Fault fault) {
        Map<String, List<String>> query = new QueryStringDecoder(ask.query(), false).parameters();
        int limit = Math.max(1, Math.min(PAGE_MAX, number(one(query, "limit"))));
        String after = one(query, "after_id");
        String before = one(query, "before_id");
        List<Batch> newestFirst = new ArrayList<>(batches.descendingMap().values());
        if (before != null) {
            Collections.reverse(newestFirst);
        }
        int start = behind(newestFirst, before == null ? after : before);
        int end = Math.min(newestFirst.size(), start + limit);
        List<Batch> page = new ArrayList<>(newestFirst.subList(start, end));
        if (before != null) {
            Collections.reverse(page);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Instant now = now();
        ArrayNode data = json.putArray("data");
        page.forEach(batch -> data.add(shown(batch, ask, now)));
        json.put("has_more", end < newestFirst.size());
        json.put("first_id", page.isEmpty() ? null : page.get(0).id());
        json.put("last_id", page.isEmpty() ? null : page.get(page.size() - 1).id());
        return plain(json, fault);
    }

    private static int behind(List<Batch> batches, @Nullable String id) {
        for (int i = 0; i < batches.size(); i++) {
            if (batches.get(i).id().equals(id)) {
                return i + 1;
            }
        }
        return 0;
    }

    private Reply results(Batch batch, Fault fault) {
        if (!batch.ended(now())) {
            throw Problem.notFound("The batch has no results yet");
        }
        List<Piece> pieces = new ArrayList<>();
        for (ObjectNode line : batch.results()) {
            pieces.add(Piece.of((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        Duration delay =
                fault.has(Fault.Kind.DELAY_MS) ? Duration.ofMillis(fault.number(Fault.Kind.DELAY_MS)) : Duration.ZERO;
        return new Reply(200, Reply.headers("application/x-jsonl"), pieces, false, false, null, fault, delay);
    }

    private Reply delete(Batch batch, Fault fault) {
        if (!batch.ended(now())) {
            throw Problem.invalid("A batch in progress can't be deleted; cancel it first");
        }
        batches.values().remove(batch);
        deleted.add(batch);
        return plain(
                JsonNodeFactory.instance.objectNode().put("id", batch.id()).put("type", "message_batch_deleted"),
                fault);
    }

    private Batch find(String id) {
        return batches.values().stream()
                .filter(batch -> batch.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("batch: " + id));
    }

    private static ObjectNode shown(Batch batch, Ask ask, Instant now) {
        String host = ask.headers().get("host", "api.anthropic.com");
        return batch.json(now, "http://" + host + PATH + "/" + batch.id() + "/results");
    }

    private static Reply plain(ObjectNode json, Fault fault) {
        return Reply.plain(200, JSON, json.toString().getBytes(StandardCharsets.UTF_8), fault);
    }

    private Instant now() {
        return options.clock.instant();
    }

    private static @Nullable String one(Map<String, List<String>> query, String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    private static int number(@Nullable String text) {
        return text != null && text.matches("\\d{1,6}") ? Integer.parseInt(text) : PAGE_DEFAULT;
    }

    private static JsonNode tree(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw Problem.invalid("The request body is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Problem.invalid("The request body is not valid JSON.");
        }
    }
}
