package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.reconcile.BookedMonth.Exchange;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.DetailQuery;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.admin.Admin;
import dev.reckoner.simulator.admin.Billable;
import dev.reckoner.simulator.admin.Boundary;
import dev.reckoner.simulator.admin.Planted;
import dev.reckoner.simulator.admin.PriceChange;
import dev.reckoner.simulator.admin.PromptSize;
import dev.reckoner.simulator.admin.Terms;
import dev.reckoner.simulator.admin.TokenKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A month in which every cause of a difference is planted, some in the bill, some in the books, each on days of its own. */
final class PlantedMonth implements AutoCloseable {

    /** Three hours after the last day's end: within the vendor's lag. */
    static final Instant SOON = Instant.parse("2026-12-01T03:00:00Z");

    private static final Instant MONTH = Instant.parse("2026-11-01T00:00:00Z");
    private static final LocalDate DISCOUNTED = LocalDate.parse("2026-11-25");
    private static final BigDecimal FACTOR = new BigDecimal("0.9");
    private static final String OPUS = "claude-opus-5-5";

    final BookedMonth month;

    /** What each cause comes to, USD. */
    final Map<String, BigDecimal> planted = new TreeMap<>();

    PlantedMonth(Path directory) throws IOException {
        month = new BookedMonth(directory, SOON);
        month.acrossMidnight = false;
    }

    /** Plants everything and closes the books. */
    void finish() {
        plantTraffic();
        plantTime(month.simulator.admin());
        plantBoundary();
        plantMiscounts();
        plantWaived();
        plantBatch();
        plantTier();
        BigDecimal late = plantLate();
        plantPrices(month.simulator.admin());
        month.settle();
        plantOpen();
        month.finish();
        fromTheBill(month.simulator.admin(), late);
    }

    @Override
    public void close() {
        month.close();
    }

    private void plant(String cause, String usd) {
        planted.merge(cause, new BigDecimal(usd), BigDecimal::add);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-11-" + time + "Z");
    }

    /** An exchange of five seconds on one of the keys. */
    Exchange exchange(String time, String model, long input, long output) {
        Instant end = at(time);
        Counts counts = new Counts(input, 0, 0, 0, output, 0);
        return new Exchange(end.minusSeconds(5), end, "user-1", month.secret(7), Terms.of(model), counts);
    }

    private void bill(Exchange exchange, Terms terms) {
        month.simulator.admin().add(exchange.secret(), exchange.start(), exchange.end(), terms, exchange.counts());
    }

    private static Billable billable(String time, Terms terms, long input, long output) {
        return new Billable(at(time), at(time), terms, 1, new Counts(input, 0, 0, 0, output, 0));
    }

    /** A key of its own, the vendor's Console, and a known key beside the proxy. */
    private void plantTraffic() {
        Admin admin = month.simulator.admin();
        String key = admin.key("nightly", "sk-ant-api03-nightly-job-that-nobody-put-behind-the-proxy-7777", null);
        admin.bypassed(billable("03T04:00:00", Terms.of(OPUS).key(key), 1_000_000, 1));
        plant("bypassed", "4.00002");
        admin.console(billable("04T04:00:00", Terms.of("claude-sonnet-5-5"), 500, 100));
        plant("bypassed", "0.002");
        bill(exchange("05T04:00:00", "claude-opus-4-7", 1_000, 0), Terms.of("claude-opus-4-7"));
        plant("bypassed", "0.005");
    }

    private void plantTime(Admin admin) {
        admin.container(at("06T10:00:00"), null, new BigDecimal("2.5"));
        plant("container", "0.125");
        admin.sessionTime(at("06T11:00:00"), null, new BigDecimal("0.25"));
        plant("session_time", "0.02");
    }

    /** The bill goes by the start, the books by the end. */
    private void plantBoundary() {
        month.simulator.admin().boundary(Boundary.START);
        for (String day : List.of("15", "17", "19")) {
            Instant midnight = at(day + "T00:00:00");
            Counts counts = new Counts(4_321, 0, 0, 0, 987, 0);
            Exchange across = new Exchange(
                    midnight.minusSeconds(20),
                    midnight.plusSeconds(20),
                    "user-2",
                    month.secret(11),
                    Terms.of("claude-opus-5"),
                    counts);
            month.book(across, Outcome.OK_UPSTREAM_COMPLETE, true);
            bill(across, across.terms());
        }
        plant("boundary", "0");
    }

    /** A stream that its client left, and one that a crash cut. */
    private void plantMiscounts() {
        Exchange aborted = exchange("07T10:00:00", OPUS, 3_000, 777);
        month.book(aborted, Outcome.FAILED_DOWNSTREAM_ABORTED, false);
        bill(aborted, aborted.terms());
        plant("estimate", "0.02754");
        Exchange cut = exchange("08T10:00:00", OPUS, 2_000, 555);
        month.book(cut, Outcome.FAILED_LOCAL_INTERRUPTED, false);
        bill(cut, cut.terms());
        plant("interrupted", "0.0191");
    }

    /** What the ledger has of both so far goes off what the bill has. */
    private void plantOpen() {
        List<StoredEntry> open =
                month.ledger.reports().unsettled(new DetailQuery(MONTH, SOON)).entries();
        assertEquals(2, open.size());
        for (StoredEntry stored : open) {
            boolean crash = stored.entry().closing().outcome() == Outcome.FAILED_LOCAL_INTERRUPTED;
            long estimated = stored.entry().charge().lines().stream()
                    .filter(line -> line.type() == TokenType.OUTPUT)
                    .mapToLong(Line::quantity)
                    .sum();
            assertTrue(estimated > 0);
            planted.merge(
                    crash ? "interrupted" : "estimate",
                    stored.entry().charge().amount().negate(),
                    BigDecimal::add);
        }
    }

    /** Refusals, of which the vendor bills one after all, and the priority tier. */
    private void plantWaived() {
        Exchange refused = exchange("09T10:00:00", "claude-fable-5-1", 412, 0);
        Admin admin = month.simulator.admin();
        refuse(refused);
        admin.notBilled(billable("09T10:00:00", admin.under(refused.secret(), Terms.of("claude-fable-5-1")), 412, 0));
        Exchange charged = exchange("09T11:00:00", "claude-opus-4-7", 1_200, 0);
        refuse(charged);
        bill(charged, charged.terms());
        plant("not_billed", "0.006");
        Exchange committed = exchange("10T10:00:00", OPUS, 900, 90);
        Terms priority = Terms.of(OPUS).tier("priority");
        month.book(
                new Exchange(
                        committed.start(), committed.end(), "user-3", committed.secret(), priority, committed.counts()),
                Outcome.OK_UPSTREAM_COMPLETE,
                true);
        admin.priority(billable("10T10:00:00", admin.under(committed.secret(), Terms.of(OPUS)), 900, 90));
        plant("priority", "0");
    }

    private void refuse(Exchange exchange) {
        Counts counts = exchange.counts();
        Usage usage = new Usage(
                new TokenCounts(counts.input(), 0L, 0L, 0L, 0L, 0L),
                null,
                null,
                null,
                null,
                "standard",
                "global",
                "standard",
                List.of());
        month.book(
                exchange,
                Outcome.OK_UPSTREAM_COMPLETE,
                new Reading("msg_1", exchange.terms().model(), usage, true, "refusal", true, null, 0, List.of(), null));
    }

    /** A batch that has ended, and whose results nobody has fetched. */
    private void plantBatch() {
        String secret = month.secret(12);
        Instant created = at("11T08:00:00");
        Opening opening = new Opening(
                month.ledger.ids().next(),
                created,
                Route.BATCHES,
                "POST",
                "/v1/messages/batches",
                new Attribution(
                        null, null, null, null, List.of(), month.ledger.keys().reference(secret), null),
                Asked.NOTHING,
                null);
        String workspace = month.simulator.admin().workspaceOf(secret);
        BatchState ended =
                new BatchState("ended", created, created.plusSeconds(600), null, new BatchState.Counts(0, 5, 0, 0, 0));
        month.ledger.batches().created("msgbatch_forgotten", ended, opening, workspace);
        month.simulator
                .admin()
                .add(
                        secret,
                        created,
                        created.plusSeconds(600),
                        Terms.of("claude-sonnet-5").tier("batch"),
                        new Counts(10_000, 0, 0, 0, 5_000, 0));
        plant("batch_uncollected", "0.035");
    }

    /** A request that the vendor counts as one of a long prompt. */
    private void plantTier() {
        Exchange small = exchange("12T10:00:00", "claude-haiku-5-5", 60_000, 1_000);
        month.book(small, Outcome.OK_UPSTREAM_COMPLETE, true);
        bill(small, small.terms().prompt(PromptSize.UP_TO_200K));
        plant("tier", "0.026");
    }

    /** An exchange of the last day that the reports don't show yet, beside one that they do; what it costs at list price. */
    private BigDecimal plantLate() {
        month.exchange(exchange("30T19:00:00", "claude-opus-4-7", 0, 1_000));
        Exchange late = exchange("30T20:00:00", "claude-opus-4-7", 0, 4_000);
        month.book(late, Outcome.OK_UPSTREAM_COMPLETE, true);
        Admin admin = month.simulator.admin();
        Terms terms = admin.under(late.secret(), late.terms());
        admin.late(billable("30T20:00:00", terms, 0, 4_000), SOON.plusSeconds(7_200));
        return new BigDecimal("0.1");
    }

    private static void plantPrices(Admin admin) {
        admin.price(new PriceChange(
                "claude-sonnet-4-6", TokenKind.INPUT, LocalDate.parse("2026-11-20"), new BigDecimal("3.3")));
        admin.discount(DISCOUNTED, FACTOR);
    }

    /**
     * What prices and discount come to is for the bill to say. Tokens that it doesn't show yet count at the price that
     * they will be billed at, so that their discount is part of the discount.
     */
    private void fromTheBill(Admin admin, BigDecimal late) {
        Map<Planted, BigDecimal> effects = admin.effects(MONTH, SOON);
        planted.put("rate", Objects.requireNonNull(effects.get(Planted.RATE)));
        BigDecimal rest = late.multiply(BigDecimal.ONE.subtract(FACTOR));
        planted.put(
                "discount",
                Objects.requireNonNull(effects.get(Planted.DISCOUNT)).subtract(rest));
        planted.put("late", late.multiply(FACTOR).negate());
    }
}
