package dev.reckoner.ledger.limit;

import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests and entries for tests of limits. */
public final class Asks {
    /** Costs 3 and 15 USD per million tokens. */
    public static final String MODEL = "claude-sonnet-4-5-20250929";

    static final KeyRef KEY = new KeyRef("hash", "sk-ant-api03-R2D...igAA", KeyRef.Kind.API_KEY);

    private Asks() {}

    /** A user of a team, with tags. */
    public static Attribution whose(String user, String team, String... tags) {
        return new Attribution(
                new Part(user, Source.HEADER), new Part(team, Source.HEADER), null, null, List.of(tags), KEY, null);
    }

    /** A request of so many tokens; text has three bytes to a token. */
    public static Ask ask(Attribution whose, @Nullable String model, long input, long output, Instant at) {
        Asked asked = new Asked(model, true, output, null, null, null, null, null, input * 3);
        return new Ask(Route.MESSAGES, whose, asked, input * 4, at);
    }

    /** An entry of an amount, booked at an instant. */
    static Entry entry(ExchangeId id, Attribution whose, String usd, Instant at) {
        return entry(id, whose, line(0, 0, new BigDecimal(usd)), at);
    }

    static Entry entry(ExchangeId id, Attribution whose, List<Line> lines, Instant at) {
        Opening opening = new Opening(id, at, Route.MESSAGES, "POST", "/v1/messages", whose, Asked.NOTHING, null);
        Closing closing = new Closing(
                opening,
                at,
                null,
                200,
                Outcome.OK_UPSTREAM_COMPLETE,
                null,
                null,
                null,
                null,
                0,
                0,
                Reading.NOTHING,
                null);
        boolean pending = lines.stream().anyMatch(line -> line.amount() == null);
        RatingStatus status = pending ? RatingStatus.PENDING : RatingStatus.RATED;
        return new Entry(closing, new Charge(lines, status, null, false, null), at);
    }

    /** Input and output; the amount stands on the output. */
    static List<Line> line(long input, long output, @Nullable BigDecimal amount) {
        return List.of(
                line(TokenType.INPUT, input, amount == null ? null : BigDecimal.ZERO),
                line(TokenType.CACHE_READ, 1_000_000, amount == null ? null : BigDecimal.ZERO),
                line(TokenType.OUTPUT, output, amount));
    }

    private static Line line(TokenType type, long quantity, @Nullable BigDecimal amount) {
        return new Line(0, MODEL, type, quantity, null, BigDecimal.ONE, amount, null, null, null, null, null);
    }
}
