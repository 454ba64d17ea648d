package dev.reckoner.proxy.tap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.rating.Rater;
import dev.reckoner.proxy.tap.Transcripts.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * From the bytes of a response to its charge: every transcript, read by the tap and rated by the built-in table, costs
 * what {@code charges.tsv} says. Its amounts were computed from the rate file without this program.
 *
 * <p>Recordings of the real API are read and rated the same way by {@code recordings.tsv} where somebody has put them
 * beside the repository; they are not ours to commit.
 */
class ReplayedChargesTest {
    private static final Rater RATER = new Rater(RateTables.builtIn());
    private static final String NOTHING = "-";

    @TestFactory
    Stream<DynamicTest> transcript_readAndRated_costsWhatTheTableSays() {
        Map<String, Map<String, String>> charges = table("/transcripts/charges.tsv");
        return Transcripts.all().stream()
                .map(t -> dynamicTest(t.name(), () -> {
                    Map<String, String> row = charges.get(t.name());
                    assertTrue(row != null, t.name() + " has no row in charges.tsv");
                    Outcome outcome = Outcome.valueOf(Objects.requireNonNull(row.get("outcome")));
                    assertCharge(row, charge(row, reading(t), outcome, t.status()));
                }));
    }

    @Test
    void compaction_recorded_costsFiveTimesItsTopLevel() {
        Transcript compaction = Transcripts.all().stream()
                .filter(t -> t.name().equals("compaction-recorded.sse"))
                .findFirst()
                .orElseThrow();
        Map<String, String> row =
                Objects.requireNonNull(table("/transcripts/charges.tsv").get(compaction.name()));
        List<Line> lines = charge(row, reading(compaction), Outcome.OK_UPSTREAM_COMPLETE, 200)
                .lines();
        // 60,385×5 + 522×25 of the compaction, and 612×5 + 2,819×25 of the message itself
        assertEquals(0, new BigDecimal("0.314975").compareTo(sum(lines, 0)));
        assertEquals(0, new BigDecimal("0.073535").compareTo(sum(lines, 1)));
    }

    @TestFactory
    Stream<DynamicTest> recording_readAndRated_costsWhatTheTableSays() {
        Path root = FixtureReplayTest.root();
        return table("/recordings.tsv").entrySet().stream()
                .filter(row -> Files.isRegularFile(root.resolve(row.getKey())))
                .map(row -> dynamicTest(row.getKey(), () -> {
                    Reading reading = recorded(root.resolve(row.getKey()), row.getValue());
                    Charge charge = charge(row.getValue(), reading, Outcome.OK_UPSTREAM_COMPLETE, 200);
                    assertCharge(row.getValue(), charge);
                }));
    }

    @Test
    void charges_haveARowForEveryTranscriptAndNoOther() {
        assertEquals(
                Transcripts.all().stream().map(Transcript::name).sorted().toList(),
                table("/transcripts/charges.tsv").keySet().stream().sorted().toList());
    }

    private static void assertCharge(Map<String, String> row, Charge charge) {
        assertEquals(row.get("status"), charge.status().name(), charge::toString);
        assertEquals(0, new BigDecimal(row.get("usd")).compareTo(charge.amount()), charge::toString);
        String reason = charge.reason() == null ? NOTHING : charge.reason();
        assertEquals(row.get("reason"), reason.replaceFirst(":.*", ""));
        assertEquals(row.getOrDefault("estimated", "false"), String.valueOf(charge.estimated()));
        boolean counted = charge.lines().stream().anyMatch(line -> line.type() != TokenType.WEB_SEARCH);
        assertTrue(counted || charge.amount().signum() == 0, charge::toString);
    }

    private static Reading reading(Transcript transcript) {
        ResponseTap tap = Readings.tap(transcript.status(), transcript.contentType(), null);
        return Readings.whole(tap, transcript.body());
    }

    /** A recorded body; what is only a usage object becomes a message of the model that the row names. */
    private static Reading recorded(Path file, Map<String, String> row) throws IOException {
        byte[] body = Files.readAllBytes(file);
        if (file.getFileName().toString().startsWith("usage_")) {
            String usage = new String(body, StandardCharsets.UTF_8);
            String message = "{\"id\":\"msg_1\",\"type\":\"message\",\"model\":\"" + row.get("asked")
                    + "\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"stop_reason\":\"end_turn\",";
            body = (message + usage.substring(usage.indexOf('{') + 1)).getBytes(StandardCharsets.UTF_8);
        }
        String type = file.toString().endsWith(".json") ? "application/json" : "text/event-stream; charset=utf-8";
        return Readings.whole(Readings.tap(200, type, null), body);
    }

    private static Charge charge(Map<String, String> row, Reading reading, Outcome outcome, int status) {
        Instant at = Instant.parse(row.get("day") + "T12:00:00Z");
        ExchangeId id = new ExchangeId(new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0001L));
        Attribution attribution = new Attribution(
                null,
                null,
                null,
                null,
                List.of(),
                new KeyRef("00", "sk-ant-api03-abc...wxyz", KeyRef.Kind.API_KEY),
                null);
        Opening opening = new Opening(id, at, Route.MESSAGES, "POST", "/v1/messages", attribution, asked(row), null);
        Closing closing =
                new Closing(opening, at, at, status, outcome, null, "req_1", null, null, 100, 100, reading, null);
        return RATER.rate(closing, at);
    }

    private static Asked asked(Map<String, String> row) {
        @Nullable String model = NOTHING.equals(row.get("asked")) ? null : row.get("asked");
        return new Asked(model, null, null, null, null, null, null, null, null);
    }

    private static BigDecimal sum(List<Line> lines, int attempt) {
        return lines.stream()
                .filter(line -> line.attempt() == attempt)
                .map(line -> Objects.requireNonNull(line.amount()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A table's rows by their first cell, each by column. */
    private static Map<String, Map<String, String>> table(String resource) {
        try (InputStream in = ReplayedChargesTest.class.getResourceAsStream(resource)) {
            List<List<String>> rows = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> List.of(line.split("\t", -1)))
                    .collect(Collectors.toCollection(ArrayList::new));
            List<String> columns = rows.remove(0);
            Map<String, Map<String, String>> table = new LinkedHashMap<>();
            for (List<String> row : rows) {
                Map<String, String> cells = new LinkedHashMap<>();
                for (int i = 1; i < row.size(); i++) {
                    cells.put(columns.get(i), row.get(i));
                }
                table.put(row.get(0), cells);
            }
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
