package dev.reckoner.proxy.forward;

import dev.reckoner.config.Settings;
import dev.reckoner.ledger.Route;
import dev.reckoner.proxy.record.BatchBooking;
import dev.reckoner.proxy.tap.ResponseTap;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Which tap reads a response, decided by its route.
 *
 * @param batch hears what is read about batches, null on other routes and where nothing is booked
 */
record Tapping(Route route, Settings settings, @Nullable BatchBooking batch) {

    /** Whether responses of a route are read, so that they must not come in a coding we can't read. */
    static boolean reads(Route route) {
        return route == Route.MESSAGES || aboutBatches(route);
    }

    /** Whether responses of a route say something about batches. */
    static boolean aboutBatches(Route route) {
        return route == Route.BATCHES || route == Route.BATCH_STATUS || route == Route.BATCH_RESULTS;
    }

    /** Whether the response itself states usage that is billed. */
    boolean usage() {
        return route == Route.MESSAGES;
    }

    /** A tap for the body behind this response head, null where nobody reads it. */
    @Nullable
    ResponseTap tap(int status, HttpHeaders headers) {
        if (usage()) {
            return ResponseTap.of(status, headers, settings.metering());
        }
        BatchBooking hearing = batch;
        if (hearing == null) {
            return null;
        }
        return route == Route.BATCH_RESULTS
                ? ResponseTap.ofResults(
                        status, headers, settings.metering(), settings.batches().resultsBytesMax(), hearing)
                : ResponseTap.ofBatches(status, headers, settings.metering(), hearing);
    }
}
