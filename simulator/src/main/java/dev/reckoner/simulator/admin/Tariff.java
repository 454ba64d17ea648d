package dev.reckoner.simulator.admin;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The simulator's own billing: lines from added-up receipts, exact. Its factors are typed in again from api-facts §3.2
 * and §3.4 on purpose. Thread-safe.
 */
final class Tariff {
    private static final BigDecimal BATCH = new BigDecimal("0.5");
    private static final BigDecimal GEO_US = new BigDecimal("1.1");
    private static final BigDecimal PER_SEARCH = new BigDecimal("0.01");
    private static final BigDecimal PER_CONTAINER_HOUR = new BigDecimal("0.05");
    private static final BigDecimal PER_SESSION_HOUR = new BigDecimal("0.08");

    private record Discount(LocalDate from, BigDecimal factor) {}

    private final Map<String, Offer> offers;
    private final List<PriceChange> changes = new CopyOnWriteArrayList<>();
    private final List<Discount> discounts = new CopyOnWriteArrayList<>();

    Tariff(Map<String, Offer> offers) {
        this.offers = offers;
    }

    void change(PriceChange change) {
        changes.add(change);
    }

    void discount(LocalDate from, BigDecimal factor) {
        discounts.add(new Discount(from, factor));
    }

    /** The lines of one cell; none where nothing is charged (api-facts §4.2: priority is not in the cost report). */
    List<BillLine> lines(Cell cell, Sum sum, Instant now) {
        List<BillLine> lines = new ArrayList<>();
        Terms terms = cell.terms();
        if (Terms.PRIORITY.equals(terms.tier()) || terms.planted() == Planted.NOT_BILLED) {
            return lines;
        }
        for (TokenKind kind : TokenKind.values()) {
            long tokens = kind.of(sum.counts());
            BigDecimal published = published(terms, kind);
            BigDecimal price = price(cell, kind, published, now);
            if (tokens != 0 && price != null) {
                BigDecimal quantity = BigDecimal.valueOf(tokens);
                BigDecimal each = factor(terms).movePointLeft(6);
                BigDecimal known = published == null ? price : published;
                lines.add(line(cell, CostType.TOKENS, kind, quantity, known.multiply(each), price.multiply(each)));
            }
        }
        if (sum.counts().searches() != 0) {
            BigDecimal searches = BigDecimal.valueOf(sum.counts().searches());
            lines.add(line(cell, CostType.WEB_SEARCH, null, searches, PER_SEARCH, PER_SEARCH));
        }
        return lines;
    }

    /** The line of charged time in the bucket that begins then. */
    BillLine line(Time time, Instant from) {
        BigDecimal price = time.costType() == CostType.SESSION_USAGE ? PER_SESSION_HOUR : PER_CONTAINER_HOUR;
        return line(new Cell(from, time.terms()), time.costType(), null, time.hours(), price, price);
    }

    private BillLine line(
            Cell cell,
            CostType costType,
            @Nullable TokenKind kind,
            BigDecimal quantity,
            BigDecimal publishedPrice,
            BigDecimal price) {
        BigDecimal list = quantity.multiply(price);
        BigDecimal amount = list.multiply(discount(day(cell)));
        return new BillLine(
                cell.from(), costType, kind, cell.terms(), quantity, quantity.multiply(publishedPrice), list, amount);
    }

    private @Nullable BigDecimal published(Terms terms, TokenKind kind) {
        Offer offer = offer(terms);
        return offer == null ? null : offer.prices(terms).get(kind);
    }

    private @Nullable BigDecimal price(Cell cell, TokenKind kind, @Nullable BigDecimal published, Instant now) {
        Terms terms = cell.terms();
        Offer offer = offer(terms);
        if (offer == null || offer.prices(terms) != offer.standard()) {
            return published;
        }
        BigDecimal price = published;
        for (PriceChange change : changes) {
            boolean same = change.model().equals(terms.model()) && change.kind() == kind;
            price = same && change.holds(day(cell), now) ? change.usdPerMillion() : price;
        }
        return price;
    }

    private @Nullable Offer offer(Terms terms) {
        return terms.model() == null ? null : offers.get(terms.model());
    }

    private static BigDecimal factor(Terms terms) {
        BigDecimal tier = Terms.BATCH.equals(terms.tier()) ? BATCH : BigDecimal.ONE;
        return Terms.US.equals(terms.geo()) ? tier.multiply(GEO_US) : tier;
    }

    private BigDecimal discount(LocalDate day) {
        BigDecimal factor = BigDecimal.ONE;
        for (Discount discount : discounts) {
            factor = day.isBefore(discount.from()) ? factor : discount.factor();
        }
        return factor;
    }

    private static LocalDate day(Cell cell) {
        return LocalDate.ofInstant(cell.from(), ZoneOffset.UTC);
    }
}
