package dev.reckoner.simulator;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What goes wrong with one response, as written in the request header {@code x-simulator-fault}: names with values,
 * separated by {@code ;} or {@code ,}, for example {@code delay_ms=50; close_after_events=2}.
 *
 * <p>Bytes are counted on the wire from the first byte of the response head; events are the events of a stream.
 */
public record Fault(Map<Kind, Long> parts) {

    /** No fault. */
    public static final Fault NONE = new Fault(Map.of());

    /** The request header that asks for a fault. */
    public static final String HEADER = "x-simulator-fault";

    /** One thing that can go wrong; the ones that need a number say which. */
    public enum Kind {
        /** Answer with this status and the vendor's error body; nothing is generated. */
        STATUS(true),
        /** Answer 502 with an HTML page, as an edge in front of the vendor does. */
        HTML_ERROR(false),
        /** Wait so many milliseconds before the first byte. */
        DELAY_MS(true),
        /** After so many events send an error event and end the stream. */
        ERROR_EVENT_AFTER(true),
        /** After so many events send nothing more and keep the connection. */
        STALL_AFTER_EVENTS(true),
        /** After so many bytes reset the connection. */
        RESET_AFTER_BYTES(true),
        /** After so many bytes close the connection. */
        CLOSE_AFTER_BYTES(true),
        /** After so many events reset the connection. */
        RESET_AFTER_EVENTS(true),
        /** After so many events close the connection. */
        CLOSE_AFTER_EVENTS(true),
        /** Promise more bytes than are sent (a stream: leave out the last chunk), then close. */
        SHORT_LENGTH(false),
        /** Send the head byte by byte. */
        SLOW_HEAD(false),
        /** Send everything byte by byte. */
        DRIBBLE(false),
        /** Leave out message_stop, end the body properly. */
        NO_STOP(false);

        private final boolean number;

        Kind(boolean number) {
            this.number = number;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Fault {
        parts = Map.copyOf(parts);
    }

    /** A fault of one kind. */
    public static Fault of(Kind kind, long value) {
        return new Fault(Map.of(kind, value));
    }

    /** A fault of one kind that needs no number. */
    public static Fault of(Kind kind) {
        return of(kind, 0);
    }

    /** Reads the header's form; an unknown name or a bad number is an error that names it. */
    public static Fault parse(String text) {
        Map<Kind, Long> parts = new TreeMap<>();
        for (String part : text.split("[;,]", -1)) {
            if (!part.isBlank()) {
                add(parts, part.strip());
            }
        }
        return parts.isEmpty() ? NONE : new Fault(parts);
    }

    /** Whether this kind is part of the fault. */
    public boolean has(Kind kind) {
        return parts.containsKey(kind);
    }

    /** The number of a kind, or {@link Long#MAX_VALUE} where the fault has no such part. */
    public long number(Kind kind) {
        return parts.getOrDefault(kind, Long.MAX_VALUE);
    }

    /** The header's form, the same that {@link #parse} reads; empty for no fault. */
    public String text() {
        StringBuilder out = new StringBuilder();
        new TreeMap<>(parts).forEach((kind, value) -> {
            out.append(out.isEmpty() ? "" : "; ").append(kind.word());
            if (kind.number) {
                out.append('=').append(value);
            }
        });
        return out.toString();
    }

    private static void add(Map<Kind, Long> parts, String part) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals).strip();
        for (Kind kind : Kind.values()) {
            if (kind.word().equalsIgnoreCase(name)) {
                parts.put(kind, kind.number ? number(part, equals) : 0);
                return;
            }
        }
        throw new IllegalArgumentException("unknown fault '" + name + "'");
    }

    private static long number(String part, int equals) {
        try {
            long value =
                    equals < 0 ? -1 : Long.parseLong(part.substring(equals + 1).strip());
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("fault '" + part + "' needs a whole number after '='", e);
        }
        throw new IllegalArgumentException("fault '" + part + "' needs a whole number after '='");
    }
}
