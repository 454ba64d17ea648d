package dev.reckoner.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.journal.Frame;
import dev.reckoner.ledger.journal.Position;
import dev.reckoner.ledger.journal.Positioned;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BatchPlanTest {
    private final Entry entry = new RandomEntries(new Random(1)).entry();
    private final ExchangeId id = entry.id();
    private final Frame opened = new Frame.Opened(entry.closing().opening());
    private final Frame noted = new Frame.Noted(entry.closing());
    private final Frame closed = new Frame.Closed(entry);

    @Test
    void wholeExchange_isOneEntry_andNoOpening() {
        BatchPlan plan = plan(Set.of(), Set.of(), opened, noted, closed);
        assertPlan(plan, List.of(entry), List.of(), List.of());
    }

    @Test
    void opening_isInserted() {
        assertPlan(plan(Set.of(), Set.of(), opened), List.of(), List.of(opened), List.of());
    }

    @Test
    void openingAgain_leavesWhatIsThere() {
        assertPlan(plan(Set.of(), Set.of(id), opened), List.of(), List.of(), List.of());
        assertPlan(plan(Set.of(), Set.of(), noted, opened), List.of(), List.of(noted), List.of());
    }

    @Test
    void note_replacesTheOpening() {
        assertPlan(plan(Set.of(), Set.of(id), noted), List.of(), List.of(noted), List.of(id));
    }

    @Test
    void entry_takesItsOpeningAway() {
        assertPlan(plan(Set.of(), Set.of(id), closed), List.of(entry), List.of(), List.of(id));
        assertPlan(plan(Set.of(), Set.of(id), opened, closed), List.of(entry), List.of(), List.of(id));
    }

    @Test
    void entryTwice_isOne() {
        assertPlan(plan(Set.of(), Set.of(), closed, closed), List.of(entry), List.of(), List.of());
    }

    @Test
    void anythingOfABookedExchange_changesNothing() {
        assertPlan(plan(Set.of(id), Set.of(), opened, noted, closed, opened), List.of(), List.of(), List.of());
    }

    @Test
    void openingLeftOfABookedExchange_goesWithTheEntrysReplay() {
        assertPlan(plan(Set.of(id), Set.of(id), closed), List.of(), List.of(), List.of(id));
    }

    @Test
    void framesAfterTheEntry_areTooLate() {
        assertPlan(plan(Set.of(), Set.of(), closed, opened, noted), List.of(entry), List.of(), List.of());
    }

    private static void assertPlan(
            BatchPlan plan, List<Entry> entries, List<Frame> openings, List<ExchangeId> removed) {
        assertEquals(entries, plan.entries());
        assertEquals(openings, List.copyOf(plan.openings()));
        assertEquals(removed, plan.replacedOrClosed());
    }

    private static BatchPlan plan(Set<ExchangeId> booked, Set<ExchangeId> inFlight, Frame... frames) {
        List<Positioned> batch = Stream.of(frames)
                .map(frame -> new Positioned(new Position(1, 1), frame))
                .toList();
        return new BatchPlan(batch, booked, inFlight);
    }
}
