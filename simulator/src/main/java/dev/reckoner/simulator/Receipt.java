package dev.reckoner.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the simulator sent for one request, counted by itself when the bytes had left.
 *
 * @param model the model that served, null where no message was made
 * @param stated the counts as last stated in bytes that left; zero where no usage left
 * @param finalUsage whether the final usage left (the last message_delta, or the usage of a JSON body)
 * @param whole whether the whole response left
 * @param billed what the vendor would bill had nothing been cut; zero where no message was made
 * @param geo the inference geography stated, null where no message was made
 * @param speed the speed that served, null where no message was made
 * @param fault the fault that was played, empty for none
 * @param workspaceId the workspace that answered, by its real id
 * @param start when the request was whole
 * @param end when the last byte had left or the connection had gone
 */
public record Receipt(
        String requestId,
        String path,
        int status,
        @Nullable String model,
        boolean stream,
        Counts stated,
        boolean finalUsage,
        boolean whole,
        Counts billed,
        @Nullable String geo,
        @Nullable String speed,
        String fault,
        String workspaceId,
        Instant start,
        Instant end) {}
