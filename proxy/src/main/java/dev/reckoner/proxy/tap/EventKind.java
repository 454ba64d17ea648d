package dev.reckoner.proxy.tap;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The kinds of events in a stream (api-facts §1.2), as far as the tap tells them apart. */
enum EventKind {
    MESSAGE_START("message_start", true),
    MESSAGE_DELTA("message_delta", true),
    MESSAGE_STOP("message_stop", true),
    ERROR("error", true),
    CONTENT_BLOCK_START("content_block_start", false),
    CONTENT_BLOCK_DELTA("content_block_delta", false),
    CONTENT_BLOCK_STOP("content_block_stop", false),
    PING("ping", false),
    /** A kind that we don't know and that the vendor's clients ignore. */
    OTHER("", false),
    /** An event of which neither name nor leading type says what it is: its whole data has to be looked at. */
    UNKNOWN("", true);

    private static final EventKind[] KINDS = values();

    private final String wireName;
    private final boolean looked;

    EventKind(String wireName, boolean looked) {
        this.wireName = wireName;
        this.looked = looked;
    }

    /** The vendor's name. */
    String wireName() {
        return wireName;
    }

    /** Whether the data of such an event is looked into. */
    boolean looked() {
        return looked;
    }

    /** The kind of these bytes, {@link #OTHER} where they name none. */
    static EventKind of(byte[] bytes, int from, int end) {
        for (EventKind kind : KINDS) {
            if (kind.wireName.length() == end - from && end > from && kind.isAt(bytes, from)) {
                return kind;
            }
        }
        return OTHER;
    }

    /** The kind of this name, {@link #OTHER} where it names none, {@link #UNKNOWN} where there is none. */
    static EventKind of(@Nullable String name) {
        if (name == null) {
            return UNKNOWN;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    // Names of one length differ in their last letters first.
    private boolean isAt(byte[] bytes, int from) {
        for (int i = wireName.length() - 1; i >= 0; i--) {
            if (bytes[from + i] != wireName.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
