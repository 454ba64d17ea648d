package dev.reckoner.ledger.usage;

import dev.reckoner.ledger.Usage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the usage objects of one message in their order and merges them by the SDK's rule: a field that a later object
 * states and that is not null overwrites, nothing is added and no maximum is taken (api-facts §1.3). A nested object
 * ({@code cache_creation}, {@code server_tool_use}, {@code output_tokens_details}) is one field and is replaced whole,
 * and so is {@code iterations}.
 *
 * <p>Hostile JSON never throws. A field of the wrong shape becomes unknown (null) rather than keeping an older value
 * that would pass for the final one, and {@link #fault()} says what was found. An object that isn't JSON changes
 * nothing but the fault. Not safe for several threads.
 */
public final class UsageReader {

    /** The largest count that is believed: a thousand times any yearly bill, far below where a long would overflow. */
    public static final long COUNT_MAX = 1_000_000_000_000_000L;

    private final int usageBytesMax;
    private final Deque<byte[]> raw = new ArrayDeque<>();
    private int rawBytes;
    private byte @Nullable [] firstRaw;
    private @Nullable UsageFields fields;
    private @Nullable String fault;

    /**
     * A reader that has seen nothing.
     *
     * @param usageBytesMax raw usage kept, in bytes: the first and the last object always (each cut there), those
     *     between them as far as they fit
     */
    public UsageReader(int usageBytesMax) {
        this.usageBytesMax = usageBytesMax;
    }

    /**
     * Reads one usage object and overwrites every field that it states. JSON {@code null} states nothing.
     *
     * @return whether the whole object was understood
     */
    public boolean overwrite(byte[] usageJson, int offset, int length) {
        keep(usageJson, offset, length);
        UsageParser parser = new UsageParser(fields == null ? new UsageFields() : fields.copy());
        UsageFields read = parser.parse(usageJson, offset, length);
        if (read != null) {
            fields = read;
        }
        if (fault == null) {
            fault = parser.fault();
        }
        return parser.fault() == null;
    }

    /** Forgets usage and fault, for a second message_start: it replaces everything before it. Raw text is kept. */
    public void restart() {
        fields = null;
        fault = null;
    }

    /** The merged usage, null where no usage object was seen or none could be read. */
    public @Nullable Usage usage() {
        return fields == null ? null : fields.usage();
    }

    /** The usage objects as they came, in order. */
    public List<String> raw() {
        List<String> all = new ArrayList<>(raw.size() + 1);
        if (firstRaw != null) {
            all.add(new String(firstRaw, StandardCharsets.UTF_8));
        }
        raw.forEach(later -> all.add(new String(later, StandardCharsets.UTF_8)));
        return all;
    }

    /** The first thing that could not be read: what was found and what was expected; null where all could. */
    public @Nullable String fault() {
        return fault;
    }

    private void keep(byte[] usageJson, int offset, int length) {
        byte[] kept = Arrays.copyOfRange(usageJson, offset, offset + Math.min(length, usageBytesMax));
        rawBytes += kept.length;
        if (firstRaw == null) {
            firstRaw = kept;
            return;
        }
        raw.addLast(kept);
        while (rawBytes > usageBytesMax && raw.size() > 1) {
            rawBytes -= raw.removeFirst().length;
        }
    }
}
