package dev.reckoner.ledger.limit;

import dev.reckoner.config.LimitRule;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A limit that holds: a rule under an id of its own.
 *
 * @param id {@code spl_…}, as the vendor's spend limits have it
 * @param createdAt null where it stands in the settings
 */
public record Limit(String id, LimitRule rule, @Nullable Instant createdAt, Origin origin) {
    private static final String PREFIX = "spl_";
    private static final int ID_BYTES = 12;

    /** Where a limit was written down. */
    public enum Origin {
        /** In the operator's settings: it can only be changed there. */
        SETTINGS,
        /** In the books: set and removed while they are open. */
        BOOKS
    }

    /** A limit of the settings; its id stays as long as nothing but its value changes. */
    static Limit ofSettings(LimitRule rule) {
        return new Limit(id("settings", rule), rule, null, Origin.SETTINGS);
    }

    /** A limit of the books that is new. */
    static Limit created(LimitRule rule, Instant at) {
        return new Limit(id(at.toString(), rule), rule, at, Origin.BOOKS);
    }

    /** The same with another value. */
    Limit with(LimitRule changed) {
        return new Limit(id, changed, createdAt, origin);
    }

    private static String id(String salt, LimitRule rule) {
        String text = salt + "\n" + rule.subject() + "\n" + rule.cap().measure();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
