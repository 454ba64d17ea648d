package dev.reckoner.proxy.tap;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.ledger.Reading;
import dev.reckoner.proxy.tap.Transcripts.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Damaged bodies: the tap never throws, never reports a bug of its own, and reads the same however they are split. */
class TapFuzzTest {

    private static final int CASES = 20_000;
    private static final byte[] LIKELY = "{}[]\",:\\\n\r -0123456789eE.+tfnu\u0000".getBytes(StandardCharsets.UTF_8);
    private static final List<String> SNIPPETS = List.of(
            "\n\n",
            "\r\n",
            "data: ",
            "event: message_delta\n",
            "\"usage\":{\"output_tokens\":-1}",
            "{\"type\":\"message_start\"",
            "\"type\":\"fallback\"",
            "\\u00",
            "[[[[",
            "}}}}");

    private final List<Transcript> transcripts = Transcripts.all();

    @Test
    void mutations_ofTranscripts_readTheSameWholeAndSplit() {
        long seed = System.nanoTime();
        System.out.println("fuzz seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            Transcript transcript = transcripts.get(random.nextInt(transcripts.size()));
            byte[] body = mutate(transcript.body(), random);
            String why = "seed " + seed + " case " + i;
            assertEquals(whole(transcript, null, body, why), split(transcript, null, body, random, why), why);
        }
    }

    @Test
    void mutations_ofEncodedTranscripts_neverThrow() {
        long seed = System.nanoTime();
        System.out.println("encoded fuzz seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES / 10; i++) {
            Transcript transcript = transcripts.get(random.nextInt(transcripts.size()));
            boolean gzip = random.nextBoolean();
            byte[] encoded =
                    gzip ? Codings.gzip(transcript.body()) : Codings.deflate(transcript.body(), random.nextBoolean());
            String why = "seed " + seed + " case " + i;
            String coding = gzip ? "gzip" : "deflate";
            byte[] body = mutate(encoded, random);
            // How much comes out of a damaged body before the damage shows depends on the pieces.
            whole(transcript, coding, body, why);
            split(transcript, coding, body, random, why);
        }
    }

    private static Reading whole(Transcript transcript, @Nullable String coding, byte[] body, String why) {
        return sound(
                assertDoesNotThrow(
                        () -> Readings.read(tap(transcript, coding), body, false, () -> Integer.MAX_VALUE), why),
                why);
    }

    private static Reading split(
            Transcript transcript, @Nullable String coding, byte[] body, SplittableRandom random, String why) {
        int longest = 1 << random.nextInt(0, 9);
        return sound(
                assertDoesNotThrow(
                        () -> Readings.read(tap(transcript, coding), body, false, () -> random.nextInt(1, longest + 1)),
                        why),
                why);
    }

    private static Reading sound(Reading reading, String why) {
        assertTrue(reading.outputTextBytes() >= 0, why);
        String fault = reading.fault();
        assertFalse(fault != null && fault.startsWith("tap:"), () -> why + ": " + fault);
        return reading;
    }

    private static ResponseTap tap(Transcript transcript, @Nullable String coding) {
        return Readings.tap(transcript.status(), transcript.contentType(), coding);
    }

    private static byte[] mutate(byte[] body, SplittableRandom random) {
        byte[] mutated = body.clone();
        for (int edits = random.nextInt(1, 5); edits > 0 && mutated.length > 0; edits--) {
            int at = random.nextInt(mutated.length);
            mutated = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(mutated, at);
                case 1 -> splice(mutated, at, at, insert(random));
                case 2 -> splice(mutated, at, Math.min(mutated.length, at + random.nextInt(40)), new byte[0]);
                case 3 -> repeat(mutated, at, random);
                case 4 -> splice(mutated, at, at + 1, new byte[] {(byte) random.nextInt()});
                default -> splice(mutated, at, at + 1, new byte[] {LIKELY[random.nextInt(LIKELY.length)]});
            };
        }
        return mutated;
    }

    private static byte[] insert(SplittableRandom random) {
        return SNIPPETS.get(random.nextInt(SNIPPETS.size())).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] repeat(byte[] body, int at, SplittableRandom random) {
        int end = Math.min(body.length, at + random.nextInt(600));
        return splice(body, at, at, Arrays.copyOfRange(body, at, end));
    }

    private static byte[] splice(byte[] body, int from, int to, byte[] with) {
        return Codings.join(Arrays.copyOf(body, from), with, Arrays.copyOfRange(body, to, body.length));
    }
}
