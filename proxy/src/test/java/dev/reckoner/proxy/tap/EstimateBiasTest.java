package dev.reckoner.proxy.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.ExchangeIds;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import dev.reckoner.ledger.rating.Rater;
import dev.reckoner.proxy.tap.Transcripts.Transcript;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * How far the estimate of a cut stream is from the truth: every known stream is cut behind each of its events, as a
 * client does that goes away there, and rated. What was true at a cut is taken as the final output by the share of the
 * text that had passed. docs/configuration.md states what this finds in recordings of the real API, which stand beside the
 * repository where somebody has put them; the transcripts of our own have invented counts and show the rules only.
 */
class EstimateBiasTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Rater RATER = new Rater(RateTables.builtIn());
    private static final ExchangeIds IDS = new ExchangeIds(Clock.fixed(NOW, ZoneOffset.UTC));

    /** The bias that is stated: estimated over true, less one. */
    private static final BigDecimal STATED_LOW = new BigDecimal("-0.35");

    private static final BigDecimal STATED_HIGH = new BigDecimal("-0.25");

    /** What was estimated at a cut, and what was true. */
    private record Cut(long estimated, BigDecimal truth) {}

    @TestFactory
    Stream<DynamicTest> transcripts_cutBehindEachEvent_areEstimatedAndMarked() {
        return Transcripts.all().stream()
                .filter(t -> t.name().endsWith(".sse") && t.status() == 200)
                .map(t -> dynamicTest(t.name(), () -> checkRules(t)));
    }

    @Test
    void recordings_cutBehindEachEvent_areAsFarOffAsStated() throws IOException {
        List<Cut> cuts = new ArrayList<>();
        List<Cut> ends = new ArrayList<>();
        for (Path file : recordings()) {
            List<Cut> own = cuts(Files.readAllBytes(file));
            cuts.addAll(own);
            if (!own.isEmpty()) {
                ends.add(own.get(own.size() - 1));
            }
        }
        if (cuts.isEmpty()) {
            return;
        }
        System.out.println(cuts.size() + " cuts of " + ends.size() + " recorded streams: " + bias(cuts)
                + " over all cuts, " + bias(ends) + " with all text passed");
        assertTrue(bias(ends).compareTo(STATED_LOW) > 0 && bias(ends).compareTo(STATED_HIGH) < 0, "bias " + bias(ends));
    }

    /** Input as stated, output never lower than before or than stated, marked until the usage is final. */
    private static void checkRules(Transcript transcript) {
        byte[] body = transcript.body();
        long before = 0;
        for (int end : ends(body)) {
            Reading reading = read(Arrays.copyOf(body, end));
            Usage usage = reading.usage();
            if (usage == null || reading.fault() != null) {
                continue;
            }
            Charge charge = rate(reading);
            assertEquals(!reading.usageFinal(), charge.estimated());
            if (reading.usageFinal()
                    || !usage.iterations().isEmpty()
                    || transcript.name().equals("spliced.sse")) {
                continue;
            }
            long output = quantity(charge, TokenType.OUTPUT);
            Long input = usage.tokens().inputTokens();
            assertEquals(input == null ? 0 : input, quantity(charge, TokenType.INPUT));
            assertTrue(output >= before, () -> "less output behind byte " + end);
            before = output;
        }
    }

    /** The cuts of a stream at which text had passed and the end had not. */
    private static List<Cut> cuts(byte[] body) {
        Reading whole = read(body);
        Usage usage = whole.usage();
        Long output = usage == null ? null : usage.tokens().outputTokens();
        List<Cut> cuts = new ArrayList<>();
        if (output == null || !whole.usageFinal() || whole.outputTextBytes() == 0) {
            return cuts;
        }
        for (int end : ends(body)) {
            Reading reading = read(Arrays.copyOf(body, end));
            if (reading.usageFinal() || reading.outputTextBytes() == 0) {
                continue;
            }
            assertFalse(rate(reading).lines().isEmpty());
            BigDecimal share = BigDecimal.valueOf(reading.outputTextBytes())
                    .divide(BigDecimal.valueOf(whole.outputTextBytes()), 6, RoundingMode.HALF_EVEN);
            cuts.add(new Cut(
                    quantity(rate(reading), TokenType.OUTPUT),
                    BigDecimal.valueOf(output).multiply(share)));
        }
        return cuts;
    }

    private static BigDecimal bias(List<Cut> cuts) {
        BigDecimal truth = cuts.stream().map(Cut::truth).reduce(BigDecimal.ZERO, BigDecimal::add);
        long estimated = cuts.stream().mapToLong(Cut::estimated).sum();
        return BigDecimal.valueOf(estimated)
                .divide(truth, 3, RoundingMode.HALF_EVEN)
                .subtract(BigDecimal.ONE);
    }

    /** Where the events of a stream end. */
    private static List<Integer> ends(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        List<Integer> ends = new ArrayList<>();
        for (int at = text.indexOf("\n\n"); at >= 0; at = text.indexOf("\n\n", at + 2)) {
            ends.add(at + 2);
        }
        return ends;
    }

    private static Reading read(byte[] body) {
        return Readings.whole(Readings.tap(200, "text/event-stream", null), body);
    }

    private static Charge rate(Reading reading) {
        Opening opening = new Opening(
                IDS.next(), NOW, Route.MESSAGES, "POST", "/v1/messages", Attribution.NONE, Asked.NOTHING, null);
        Closing closing = new Closing(
                opening,
                NOW,
                NOW,
                200,
                Outcome.FAILED_DOWNSTREAM_ABORTED,
                null,
                "req_1",
                null,
                null,
                100,
                100,
                reading,
                null);
        return RATER.rate(closing, NOW);
    }

    private static long quantity(Charge charge, TokenType type) {
        return charge.lines().stream()
                .filter(line -> line.type() == type)
                .mapToLong(line -> line.quantity())
                .sum();
    }

    private static List<Path> recordings() throws IOException {
        String stated = System.getProperty("reckoner.fixtures");
        Path root = stated != null ? Path.of(stated) : Path.of("..", "..", "shared", "fixtures");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(EstimateBiasTest::isStream).sorted().toList();
        }
    }

    private static boolean isStream(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".sse") || name.endsWith("_response.txt");
    }
}
