package dev.reckoner.ledger;

import java.util.List;

/**
 * What the bill may settle of a time: the entries whose usage was not wholly seen, and which hours of a key and a model
 * can't be told apart because an exchange lies in both.
 *
 * @param entries estimated, or pending because no usage was seen, as they stand; in the order of their booking
 * @param crossings the hours that other exchanges lie in both of
 * @param more whether there are more such entries than are listed
 */
public record Unsettled(List<StoredEntry> entries, List<HourCrossing> crossings, boolean more) {

    public Unsettled {
        entries = List.copyOf(entries);
        crossings = List.copyOf(crossings);
    }
}
