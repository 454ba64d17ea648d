package dev.reckoner.ledger.rating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.usage.UsageReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hostile usage JSON costs: nothing that is known, and it says so. */
class HostileChargeTest {
    private static final Rater RATER = new Rater(RateTables.builtIn());
    private static final int USAGE_BYTES_MAX = 1_024;
    private static final String GOOD = "{\"input_tokens\":10,\"output_tokens\":%s,\"cache_read_input_tokens\":6}";

    static Stream<String> hostile() {
        return Stream.of(
                        "-1",
                        "1e309",
                        "9223372036854775808",
                        "-9223372036854775808",
                        "\"12\"",
                        "NaN",
                        "[12]",
                        "{\"a\":1}",
                        "1,\"output_tokens\":2",
                        "1.5",
                        "[".repeat(10_000) + "]".repeat(10_000),
                        "{\"y\":".repeat(10_000) + "1" + "}".repeat(10_000),
                        "9".repeat(10_000_000))
                .map(value -> GOOD.replace("%s", value));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void usage_hostile_pendingWithReasonNeverNegative(String json) {
        UsageReader reader = new UsageReader(USAGE_BYTES_MAX);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        reader.overwrite(bytes, 0, bytes.length);
        Charge charge = RATER.rate(closing(reader), Facts.NOW);
        assertEquals(RatingStatus.PENDING, charge.status(), charge::toString);
        String reason = Objects.requireNonNull(charge.reason());
        assertTrue(reason.startsWith("usage_unreadable: usage"), reason);
        assertTrue(reason.length() < 200, reason);
        assertEquals(0, charge.amount().signum());
        assertTrue(charge.lines().stream().allMatch(line -> line.quantity() > 0 && line.amount() == null));
        assertEquals(
                Math.min(bytes.length, USAGE_BYTES_MAX), reader.raw().get(0).length());
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 20_261_121})
    void usage_mutated_chargeIsSoundOrPending(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] alphabet = "{}[]\",:-+.eE0123456789tfn\\u ".getBytes(StandardCharsets.UTF_8);
        String rich = "{\"input_tokens\":2039,\"cache_creation_input_tokens\":700,\"cache_read_input_tokens\":31,"
                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":600,\"ephemeral_1h_input_tokens\":100},"
                + "\"output_tokens\":341,\"server_tool_use\":{\"web_search_requests\":3},\"speed\":\"standard\","
                + "\"iterations\":[{\"type\":\"message\",\"input_tokens\":1,\"output_tokens\":2}]}";
        for (int round = 0; round < 5_000; round++) {
            byte[] json = rich.getBytes(StandardCharsets.UTF_8);
            for (int edits = random.nextInt(1, 6); edits > 0; edits--) {
                json[random.nextInt(json.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            UsageReader reader = new UsageReader(USAGE_BYTES_MAX);
            reader.overwrite(json, 0, json.length);
            Charge charge = RATER.rate(closing(reader), Facts.NOW);
            assertTrue(charge.amount().signum() >= 0, () -> "seed " + seed + " " + charge);
            boolean faulty = reader.fault() != null;
            assertTrue(!faulty || charge.status() == RatingStatus.PENDING, () -> "seed " + seed + " " + charge);
            boolean open = charge.lines().stream().map(Line::amount).anyMatch(Objects::isNull);
            assertTrue(!open || charge.status() == RatingStatus.PENDING, () -> "seed " + seed + " " + charge);
        }
    }

    private static Closing closing(UsageReader reader) {
        Closing like = Facts.of(0, 0).closing();
        @Nullable String fault = reader.fault();
        Reading reading = new Reading(
                "msg_1",
                "claude-opus-5",
                reader.usage(),
                fault == null,
                "end_turn",
                false,
                null,
                0,
                List.copyOf(reader.raw()),
                fault);
        return new Closing(
                like.opening(),
                like.endedAt(),
                like.firstByteAt(),
                like.status(),
                like.outcome(),
                null,
                like.requestId(),
                null,
                null,
                like.bytesIn(),
                like.bytesOut(),
                reading,
                like.rateLimits());
    }
}
