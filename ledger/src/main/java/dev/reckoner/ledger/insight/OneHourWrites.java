package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cache writes for 1 hour that 5 minutes would have done for. Both lifetimes begin anew with each read (api-facts §1.1),
 * so that a session whose exchanges follow each other within 5 minutes keeps a 5-minute cache alive; one that goes on
 * later, within the hour, and reads, needed the hour. Sessions are told apart by their id; exchanges without one are left
 * out.
 */
final class OneHourWrites {
    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofHours(1);

    private final PriceBook prices;
    private final Draft draft = new Draft(Kind.CACHE_1H);
    private final Map<Chain, Session> sessions = new HashMap<>();

    OneHourWrites(PriceBook prices) {
        this.prices = prices;
    }

    private record Chain(String session, String model, String key) {}

    private record Write(ExchangeFact fact, long tokens, BigDecimal paid, BigDecimal instead) {}

    /** What of a session isn't decided yet. */
    private static final class Session {
        private Instant last = Instant.MIN;
        private final List<Write> undecided = new ArrayList<>();
    }

    void add(ExchangeFact fact) {
        Long written = fact.tokens().ephemeral1hInputTokens();
        long tokens = written == null ? 0 : written;
        Chain chain = new Chain(fact.of(Dimension.SESSION), fact.of(Dimension.MODEL), fact.of(Dimension.KEY));
        Session session = sessions.get(chain);
        if (chain.session().isEmpty() || (session == null && tokens == 0)) {
            return;
        }
        Session known = session == null ? new Session() : session;
        sessions.put(chain, known);
        decide(known, fact);
        if (tokens > 0) {
            write(known, fact, tokens);
        }
        known.last = fact.startedAt();
    }

    private void decide(Session session, ExchangeFact fact) {
        if (session.undecided.isEmpty()) {
            return;
        }
        Duration gap = Duration.between(session.last, fact.startedAt());
        if (gap.compareTo(LONG) > 0) {
            lost(session);
        } else if (gap.compareTo(SHORT) > 0) {
            session.undecided.clear();
        }
    }

    private void write(Session session, ExchangeFact fact, long tokens) {
        PriceBook.Priced rates = prices.matching(fact, FactTokens.of(fact.tokens()));
        BigDecimal hour = rates == null ? null : rates.of(TokenType.CACHE_WRITE_1H);
        BigDecimal minutes = rates == null ? null : rates.of(TokenType.CACHE_WRITE_5M);
        if (hour == null || minutes == null) {
            draft.leftOut(1);
            return;
        }
        session.undecided.add(
                new Write(fact, tokens, PriceBook.amount(tokens, hour), PriceBook.amount(tokens, minutes)));
    }

    private void lost(Session session) {
        for (Write write : session.undecided) {
            draft.exchanges(1);
            draft.tokens(
                    write.fact.of(Dimension.MODEL),
                    TokenType.CACHE_WRITE_1H,
                    write.tokens,
                    write.paid,
                    write.instead,
                    write.fact.group());
        }
        session.undecided.clear();
    }

    /** What is left once all exchanges up to an instant have come: a session silent for an hour won't read again. */
    Draft end(Instant until) {
        sessions.values().forEach(session -> {
            if (!session.undecided.isEmpty() && session.last.plus(LONG).isBefore(until)) {
                lost(session);
            }
        });
        return draft;
    }
}
