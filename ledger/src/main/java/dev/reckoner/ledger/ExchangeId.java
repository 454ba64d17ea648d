package dev.reckoner.ledger;

import java.util.UUID;

/**
 * Our own id of an exchange: a UUIDv7 (RFC 9562 §5.7), so ids sort by creation time. The items of a batch have a UUIDv8
 * instead, which follows from what they are ({@link BatchItem#id}).
 */
public record ExchangeId(UUID value) implements Comparable<ExchangeId> {

    /**
     * Reads the canonical text form.
     *
     * @throws IllegalArgumentException where the text is no UUID
     */
    public static ExchangeId parse(String text) {
        return new ExchangeId(UUID.fromString(text));
    }

    @Override
    public int compareTo(ExchangeId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
