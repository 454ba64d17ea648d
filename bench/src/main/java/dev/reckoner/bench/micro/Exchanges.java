package dev.reckoner.bench.micro;

import dev.reckoner.bench.Bodies;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.time.Instant;
import java.util.List;

/** The facts of a usual exchange: attributed, metered, complete. */
final class Exchanges {

    static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

    private static final KeyRef KEY =
            new KeyRef("00112233445566778899aabbccddeeff", "sk-ant-api03-ben...ench", KeyRef.Kind.API_KEY);

    private Exchanges() {}

    static Opening opening(ExchangeId id) {
        Attribution attribution = new Attribution(
                new Attribution.Part("user-17", Attribution.Source.BODY),
                new Attribution.Part("payments", Attribution.Source.HEADER),
                null,
                null,
                List.of("env=prod"),
                KEY,
                null);
        Asked asked = new Asked(Bodies.MODEL, true, 1024L, null, null, null, null, null, 500L);
        return new Opening(id, AT, Route.MESSAGES, "POST", "/v1/messages", attribution, asked, null);
    }

    static Closing closing(Opening opening) {
        return new Closing(
                opening,
                AT.plusSeconds(3),
                AT.plusSeconds(1),
                200,
                Outcome.OK_UPSTREAM_COMPLETE,
                null,
                "req_011CBenchBenchBenchBench",
                null,
                null,
                1_200,
                14_500,
                reading(),
                null);
    }

    private static Reading reading() {
        TokenCounts tokens = new TokenCounts(1_017L, 412L, 248L, 20_480L, 100L, 148L);
        Usage usage = new Usage(tokens, null, null, null, null, "standard", "global", null, List.of());
        return new Reading(
                "msg_01BenchBenchBenchBenchBe",
                Bodies.MODEL,
                usage,
                true,
                "end_turn",
                false,
                null,
                1_648,
                List.of(Bodies.usage(1), Bodies.usage(412)),
                null);
    }
}
