package dev.reckoner.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One request of a batch with the answer it gets when its turn comes.
 *
 * @param message the answer, null where the request is refused
 * @param problem why it is refused, null where it isn't
 */
record BatchItem(
        String customId,
        @Nullable Message message,
        @Nullable Problem problem) {

    /** What stands under {@code result}. */
    ObjectNode result(ItemEnding ending) {
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("type", ending.wireName());
        if (ending == ItemEnding.SUCCEEDED && message != null) {
            result.set("message", Script.body(message));
        } else if (ending == ItemEnding.ERRORED && problem != null) {
            result.set("error", problem.json());
        }
        return result;
    }

    ItemReceipt receipt(String batchId, ItemEnding ending) {
        Message made = ending == ItemEnding.SUCCEEDED ? message : null;
        return new ItemReceipt(
                batchId,
                customId,
                ending,
                made == null ? null : made.model().id(),
                made == null ? Counts.ZERO : made.end(),
                made == null ? null : made.geo());
    }
}
