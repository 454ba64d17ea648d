package dev.reckoner.simulator;

import org.jspecify.annotations.Nullable;

/**
 * What the simulator bills for one item of a batch, downloaded or not.
 *
 * @param model the model that served, null where none did
 * @param billed the counts of the message, zero where there is none
 * @param geo the inference geography stated, null where no message was made
 */
public record ItemReceipt(
        String batchId,
        String customId,
        ItemEnding ending,
        @Nullable String model,
        Counts billed,
        @Nullable String geo) {}
