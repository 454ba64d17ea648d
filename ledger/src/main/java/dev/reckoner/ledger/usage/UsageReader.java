package dev.reckoner.ledger.usage;

import dev.reckoner.ledger.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the usage objects of one message in their order and merges them by the SDK's rule (api-facts §1.3). */
public final class UsageReader {

    /**
     * A reader that has seen nothing.
     *
     * @param usageBytesMax raw usage kept, in bytes
     */
    public UsageReader(int usageBytesMax) {}

    /**
     * Reads one usage object and overwrites every field that it states; never throws.
     *
     * @return whether the whole object was understood
     */
    public boolean overwrite(byte[] usageJson, int offset, int length) {
        return false;
    }

    /** Forgets usage and fault, for a second message_start: it replaces everything before it. Raw text is kept. */
    public void restart() {}

    /** The merged usage, null where no usage object was seen. */
    public @Nullable Usage usage() {
        return null;
    }

    /** The usage objects as they came, in order. */
    public List<String> raw() {
        return List.of();
    }

    /** Why a field or an object could not be read: what was found and what was expected; null where all could. */
    public @Nullable String fault() {
        return null;
    }
}
