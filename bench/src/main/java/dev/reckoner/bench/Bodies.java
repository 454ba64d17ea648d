package dev.reckoner.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes request and response bodies in the shapes of the Messages API, the same bytes at every call: a whole JSON
 * message, a stream of 100 events in about 14.5 KB with the vendor's kind of padding, and requests of any size.
 */
public final class Bodies {

    /** Events of {@link #events()}. */
    public static final int EVENTS = 100;

    /** The model of every body, one that the built-in rate table prices. */
    public static final String MODEL = "claude-sonnet-4-6";

    /** Events around the deltas: message_start, content_block_start, ping; content_block_stop, message_delta, message_stop. */
    private static final int EVENTS_AROUND = 6;

    private static final int PADDING_MAX = 43;
    private static final String[] WORDS = {"Pete", "** or", " the sea", " and then", " a pelican", ", who", " said\\n"};

    private Bodies() {}

    /** A whole message. */
    public static byte[] message() {
        String text = "A reckoner is one who counts, and a ready reckoner is a book of tables. ".repeat(6);
        return bytes("{\"id\":\"msg_01BenchBenchBenchBenchBe\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""
                + MODEL
                + "\",\"content\":[{\"type\":\"text\",\"text\":\"" + text
                + "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":" + usage(412) + "}");
    }

    /** The events of a streamed message, each with its blank line. */
    public static List<byte[]> events() {
        List<byte[]> events = new ArrayList<>(EVENTS);
        events.add(event(
                "message_start",
                "\"message\":{\"model\":\"" + MODEL
                        + "\",\"id\":\"msg_01BenchBenchBenchBenchBe\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],"
                        + "\"stop_reason\":null,\"stop_sequence\":null,\"usage\":" + usage(1) + "}",
                11));
        events.add(event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}", 12));
        events.add(bytes("event: ping\ndata: {\"type\": \"ping\"}\n\n"));
        for (int i = 0; i < EVENTS - EVENTS_AROUND; i++) {
            String word = WORDS[i % WORDS.length];
            events.add(event(
                    "content_block_delta",
                    "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + word + "\"}",
                    i * 7 % PADDING_MAX));
        }
        events.add(event("content_block_stop", "\"index\":0", 6));
        events.add(event(
                "message_delta",
                "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":" + usage(412),
                3));
        events.add(event("message_stop", "", 9));
        return events;
    }

    /** A streamed message without transfer coding. */
    public static byte[] stream() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        events().forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** A streamed message in chunked coding, one event a chunk, as an origin sends it. */
    public static byte[] chunkedStream() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] event : events()) {
            out.writeBytes(bytes(Integer.toHexString(event.length) + "\r\n"));
            out.writeBytes(event);
            out.writeBytes(bytes("\r\n"));
        }
        out.writeBytes(bytes("0\r\n\r\n"));
        return out.toByteArray();
    }

    /**
     * A request.
     *
     * @param stream whether it asks for a stream
     * @param length its length in bytes, at least 300
     */
    public static byte[] request(boolean stream, int length) {
        String before = "{\"model\":\"" + MODEL + "\",\"max_tokens\":1024,\"stream\":" + stream
                + ",\"metadata\":{\"user_id\":\"user-17\"},\"system\":\"You are terse.\",\"messages\":[{\"role\":\"user\",\"content\":\"";
        String after = "\"}],\"temperature\":1}";
        int room = length - before.length() - after.length();
        if (room < 0) {
            throw new IllegalArgumentException(
                    "a request of " + length + " bytes has no room, expected at least " + (length - room));
        }
        String line = "Which of these fifty lines of code is the one that counts twice? ";
        String content = line.repeat(room / line.length() + 1).substring(0, room);
        return bytes(before + content + after);
    }

    /** Usage as the vendor states it, with cache writes of both lifetimes. */
    public static String usage(int outputTokens) {
        return "{\"input_tokens\":1017,\"cache_creation_input_tokens\":248,\"cache_read_input_tokens\":20480,"
                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":100,\"ephemeral_1h_input_tokens\":148},"
                + "\"output_tokens\":" + outputTokens + ",\"service_tier\":\"standard\",\"inference_geo\":\"global\"}";
    }

    /** The offsets at which the events of {@link #stream()} begin, and its length at the end. */
    public static int[] offsets() {
        List<byte[]> events = events();
        int[] offsets = new int[events.size() + 1];
        for (int i = 0; i < events.size(); i++) {
            offsets[i + 1] = offsets[i] + events.get(i).length;
        }
        return offsets;
    }

    private static byte[] event(String type, String rest, int padding) {
        String fields = rest.isEmpty() ? "" : "," + rest;
        return bytes("event: " + type + "\ndata: {\"type\":\"" + type + "\"" + fields + " ".repeat(padding) + "}\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
