package dev.reckoner.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of a prompt (four bytes of JSON each) and plays the prompt cache: the longest known prefix is read,
 * what a breakpoint adds behind it is written at the breakpoint's lifetime, the rest is plain input.
 */
final class PromptMeter {
    private static final int BYTES_PER_TOKEN = 4;
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration ONE_HOUR = Duration.ofHours(1);

    /** The end of one block: tokens and digest of everything up to here, and the breakpoint's lifetime if one is set. */
    private record Mark(
            long tokens, String prefix, @Nullable Duration lifetime) {}

    private final PromptCache cache;
    private final int cacheableTokensMin;

    PromptMeter(PromptCache cache, int cacheableTokensMin) {
        this.cache = cache;
        this.cacheableTokensMin = cacheableTokensMin;
    }

    /** The tokens of the prompt, nothing read from or written to the cache. */
    long count(MessageRequest request) {
        List<Mark> marks = marks(request);
        return marks.get(marks.size() - 1).tokens;
    }

    /** Input and cache counts of a request; moves the cache on. */
    Counts meter(MessageRequest request) {
        List<Mark> marks = marks(request);
        long total = marks.get(marks.size() - 1).tokens;
        int lastBreakpoint = lastBreakpoint(marks);
        long read = read(marks, lastBreakpoint);
        long covered = read;
        long fiveMinutes = 0;
        long oneHour = 0;
        for (Mark mark : marks.subList(0, lastBreakpoint + 1)) {
            if (mark.lifetime == null || mark.tokens <= covered || mark.tokens < cacheableTokensMin) {
                continue;
            }
            if (mark.lifetime.equals(ONE_HOUR)) {
                oneHour += mark.tokens - covered;
            } else {
                fiveMinutes += mark.tokens - covered;
            }
            covered = mark.tokens;
            cache.hold(mark.prefix, mark.lifetime);
        }
        return new Counts(total - covered, fiveMinutes, oneHour, read, 0, 0);
    }

    private long read(List<Mark> marks, int lastBreakpoint) {
        for (int i = lastBreakpoint; i >= 0; i--) {
            if (cache.hit(marks.get(i).prefix)) {
                return marks.get(i).tokens;
            }
        }
        return 0;
    }

    private static int lastBreakpoint(List<Mark> marks) {
        for (int i = marks.size() - 1; i >= 0; i--) {
            if (marks.get(i).lifetime != null) {
                return i;
            }
        }
        return -1;
    }

    /** The vendor's order of a prompt: tools, system, messages. */
    private static List<Mark> marks(MessageRequest request) {
        List<Mark> marks = new ArrayList<>();
        MessageDigest digest = sha256();
        digest.update(request.model().id().getBytes(StandardCharsets.UTF_8));
        for (JsonNode tool : request.body().path("tools")) {
            add(marks, digest, "tool", tool);
        }
        addContent(marks, digest, "system", request.body().path("system"));
        for (JsonNode message : request.body().path("messages")) {
            addContent(marks, digest, message.path("role").asText(), message.path("content"));
        }
        if (marks.isEmpty()) {
            marks.add(new Mark(1, "", null));
        }
        return marks;
    }

    private static void addContent(List<Mark> marks, MessageDigest digest, String place, JsonNode content) {
        if (content.isTextual()) {
            add(marks, digest, place, content);
            return;
        }
        for (JsonNode block : content) {
            add(marks, digest, place, block);
        }
    }

    private static void add(List<Mark> marks, MessageDigest digest, String place, JsonNode block) {
        JsonNode plain = block;
        if (block instanceof ObjectNode object && object.has("cache_control")) {
            plain = object.deepCopy().without("cache_control");
        }
        byte[] bytes = (place + plain).getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        long before = marks.isEmpty() ? 0 : marks.get(marks.size() - 1).tokens;
        long tokens = before + (bytes.length + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN;
        marks.add(new Mark(tokens, sum(digest), lifetime(block.path("cache_control"))));
    }

    private static @Nullable Duration lifetime(JsonNode control) {
        if (!control.path("type").asText().equals("ephemeral")) {
            return null;
        }
        return control.path("ttl").asText("5m").equals("1h") ? ONE_HOUR : FIVE_MINUTES;
    }

    private static String sum(MessageDigest digest) {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
