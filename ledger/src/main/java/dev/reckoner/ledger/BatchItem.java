package dev.reckoner.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * One request of a batch, by the vendor's id of the batch and the client's id of the request within it: together the
 * key under which a line of results is booked once, whoever downloads it however often (api-facts §2.1).
 */
public record BatchItem(String batchId, String customId) {
    private static final long VERSION_MASK = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** The id the item is booked under: a UUIDv8 (RFC 9562 §5.8) of the SHA-256 over both ids. */
    public ExchangeId id() {
        return digest(batchId, customId);
    }

    /** The id of the frames that are about a batch as a whole. */
    static ExchangeId batch(String batchId) {
        return digest(batchId);
    }

    /** Each part with its length, so that no two keys run together into the same bytes. */
    private static ExchangeId digest(String... parts) {
        MessageDigest sha256 = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            sha256.update(bytes);
        }
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        long high = (digest.getLong() & VERSION_MASK) | VERSION_8;
        long low = (digest.getLong() & VARIANT_MASK) | VARIANT;
        return new ExchangeId(new UUID(high, low));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
