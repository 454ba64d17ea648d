package dev.reckoner.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One generated message with its usage, before it is written as JSON or as a stream.
 *
 * @param start the counts that message_start states: the first sampling's input and a placeholder of the output
 * @param end the counts that are final and billed
 * @param thinkingTokens null where the request asked for no thinking
 * @param tier the service tier that served
 * @param stateInputAtEnd whether message_delta states input and cache counts (older models leave them out)
 */
record Message(
        String id,
        Model model,
        List<Block> content,
        String stopReason,
        Counts start,
        Counts end,
        @Nullable Long thinkingTokens,
        String geo,
        String tier,
        @Nullable String speed,
        boolean stateInputAtEnd) {}
