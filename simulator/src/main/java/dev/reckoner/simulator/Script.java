package dev.reckoner.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Writes a message out: as one JSON body, or as the events of a stream (api-facts §1.2). */
final class Script {
    private static final int PING_EVERY = 24;
    private static final int TWO_DELTAS_ONE_IN = 8;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Message message;
    private final SplittableRandom random;
    private final List<Event> events = new ArrayList<>();

    Script(Message message, SplittableRandom random) {
        this.message = message;
        this.random = random;
    }

    /** The JSON body; its usage comes last, so that one closing brace follows it. */
    byte[] json() {
        return body(message).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The message as one object. */
    static ObjectNode body(Message message) {
        ObjectNode body = head(message);
        message.content().forEach(block -> body.withArray("content").add(block.whole()));
        body.put("stop_reason", message.stopReason());
        body.putNull("stop_sequence");
        body.set("usage", UsageJson.whole(message));
        return body;
    }

    List<Event> events() {
        ObjectNode head = head(message).putNull("stop_reason").putNull("stop_sequence");
        head.set("usage", UsageJson.start(message));
        ObjectNode start = NODES.objectNode().put("type", "message_start");
        start.set("message", head);
        events.add(Event.of(start, random, message.start(), false));
        int index = 0;
        for (Block block : message.content()) {
            block(index, block);
            index++;
        }
        deltas();
        add(NODES.objectNode().put("type", "message_stop"));
        return events;
    }

    private void block(int index, Block block) {
        ObjectNode start = NODES.objectNode().put("type", "content_block_start").put("index", index);
        start.set("content_block", block.start());
        add(start);
        if (index == 0) {
            events.add(Event.ping());
        }
        for (ObjectNode delta : block.deltas()) {
            ObjectNode event =
                    NODES.objectNode().put("type", "content_block_delta").put("index", index);
            event.set("delta", delta);
            add(event);
            if (events.size() % PING_EVERY == 0) {
                events.add(Event.ping());
            }
        }
        add(NODES.objectNode().put("type", "content_block_stop").put("index", index));
    }

    private void deltas() {
        if (random.nextInt(TWO_DELTAS_ONE_IN) == 0) {
            Counts halfway = message.end().withOutput(message.end().output() / 2);
            events.add(delta(halfway, false));
        }
        events.add(delta(message.end(), true));
    }

    private Event delta(Counts counts, boolean last) {
        ObjectNode event = NODES.objectNode().put("type", "message_delta");
        ObjectNode delta = event.putObject("delta");
        if (last) {
            delta.put("stop_reason", message.stopReason());
        } else {
            delta.putNull("stop_reason");
        }
        delta.putNull("stop_sequence");
        event.set("usage", UsageJson.delta(message, counts));
        return Event.of(event, random, counts, last);
    }

    private void add(ObjectNode data) {
        events.add(Event.of(data, random, null, false));
    }

    private static ObjectNode head(Message message) {
        ObjectNode head = NODES.objectNode()
                .put("model", message.model().id())
                .put("id", message.id())
                .put("type", "message")
                .put("role", "assistant");
        head.putArray("content");
        return head;
    }
}
