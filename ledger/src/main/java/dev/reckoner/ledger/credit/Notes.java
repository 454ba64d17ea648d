package dev.reckoner.ledger.credit;

import dev.reckoner.ledger.credit.CreditNote.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was said of the credits up to an instant, in the order in which it holds. */
final class Notes {
    private static final Comparator<CreditEvent> ORDER =
            Comparator.comparing((CreditEvent event) -> event.note().at()).thenComparing(CreditEvent::id);

    private final List<CreditEvent> events;

    private Notes(List<CreditEvent> events) {
        this.events = events;
    }

    static Notes of(List<CreditEvent> events, Instant now) {
        return new Notes(events.stream()
                .filter(event -> !event.note().at().isAfter(now))
                .sorted(ORDER)
                .toList());
    }

    Optional<CreditNote> stated() {
        return Optional.ofNullable(last(Kind.SET, Instant.MAX));
    }

    /** What was said of that kind last, up to an instant. */
    @Nullable
    CreditNote last(Kind kind, Instant until) {
        CreditNote last = null;
        for (CreditEvent event : events) {
            if (event.note().kind() == kind && !event.note().at().isAfter(until)) {
                last = event.note();
            }
        }
        return last;
    }

    /** What holds after a note, in order. */
    List<CreditNote> after(CreditNote first) {
        List<CreditNote> all = events.stream().map(CreditEvent::note).toList();
        return all.subList(all.lastIndexOf(first) + 1, all.size());
    }
}
