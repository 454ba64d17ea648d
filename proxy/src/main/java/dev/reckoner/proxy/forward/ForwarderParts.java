package dev.reckoner.proxy.forward;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.limit.Admission;
import dev.reckoner.proxy.attribute.Attributor;
import dev.reckoner.proxy.collect.BatchKeys;
import dev.reckoner.proxy.record.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * What the forwarder works with.
 *
 * @param batchKeys keeps the credentials of batches, null where results aren't collected
 */
public record ForwarderParts(
        Settings settings,
        Upstreams upstreams,
        Drains drains,
        Recorder recorder,
        Attributor attributor,
        Admission admission,
        @Nullable BatchKeys batchKeys) {}
