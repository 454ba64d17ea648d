package dev.reckoner.console;

import dev.reckoner.ledger.JournalState;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.alert.Alert;
import dev.reckoner.ledger.limit.Standing;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a server stands at one moment, from memory alone.
 *
 * @param at the moment
 * @param ready whether new exchanges can be booked
 * @param lag how far the store is behind the journal
 * @param limits how every limit stands
 * @param alertsRaised how often alerts of each kind were raised since the start
 * @param alertsDropped how many of them found no room
 * @param books what was last looked up in the books, null before the first time
 */
public record ServerState(
        About about,
        Instant at,
        boolean ready,
        Traffic traffic,
        JournalState journal,
        Lag lag,
        List<Standing> limits,
        Map<Alert.Kind, Long> alertsRaised,
        long alertsDropped,
        @Nullable Books books) {

    public ServerState {
        limits = List.copyOf(limits);
        alertsRaised = Map.copyOf(alertsRaised);
    }

    /**
     * What doesn't change while it runs.
     *
     * @param upstream where everything is forwarded to
     * @param proxy where apps connect, null before the proxy listens
     * @param console where this is asked, null before it listens
     */
    public record About(
            String version,
            Instant startedAt,
            URI upstream,
            @Nullable URI proxy,
            @Nullable URI console) {}

    /**
     * What passes now.
     *
     * @param inFlight exchanges that have begun and have not come to their end
     * @param unbooked exchanges served without being booked since the start
     * @param drains exchanges whose client is lost and whose upstream is read on
     * @param clientConnections open connections of clients
     * @param upstreamOpen open connections to the upstream
     * @param upstreamIdle those of them that no exchange uses
     * @param upstreamWaiting exchanges that wait for a new one
     */
    public record Traffic(
            long inFlight,
            long unbooked,
            int drains,
            int clientConnections,
            int upstreamOpen,
            int upstreamIdle,
            int upstreamWaiting) {

        /** Nothing passes. */
        public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * What the books said when they were last looked at, which is now and then.
     *
     * @param entriesPending metered entries that have no rate yet
     * @param batchesOpen batches that have not ended, as far as was seen
     * @param batchesUncollected batches that have ended, and whose results nobody has downloaded
     * @param reconciled the last reconciliation that was kept, null where there is none
     */
    public record Books(
            Instant at,
            long entriesPending,
            long batchesOpen,
            long batchesUncollected,
            @Nullable Reconciled reconciled) {}

    /**
     * A reconciliation in short.
     *
     * @param from first day
     * @param to last day, inclusive
     * @param difference USD, billed minus ledger
     * @param variance USD, the differences of all cells without their signs
     * @param coverage the share of the bill that passed through the proxy, 0 to 1; null where nothing was billed
     */
    public record Reconciled(
            String id,
            LocalDate from,
            LocalDate to,
            Instant madeAt,
            boolean matched,
            BigDecimal ledger,
            BigDecimal billed,
            BigDecimal difference,
            BigDecimal variance,
            @Nullable BigDecimal coverage) {}
}
