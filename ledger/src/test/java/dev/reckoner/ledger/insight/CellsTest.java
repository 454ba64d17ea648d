package dev.reckoner.ledger.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In how few stretches a time is read, and that none of them has two prices. */
final class CellsTest {
    private static final String OPUS = "claude-opus-5";
    private static final String SONNET = "claude-sonnet-5-5";
    private static final Instant FROM = day("2026-08-01");
    private static final Instant UNTIL = day("2026-12-01");

    private final RateTable rates = RateTables.builtIn();
    private final PriceBook prices = new PriceBook(rates);
    private final List<Served> books = new ArrayList<>();
    private final List<ReportQuery> asked = new ArrayList<>();

    /** One exchange of a million tokens read from the cache, for a dollar. */
    private record Served(Instant at, String user, String model, String speed) {
        String of(Dimension dimension) {
            return switch (dimension) {
                case USER -> user;
                case MODEL -> model;
                case SPEED -> speed;
                default -> "";
            };
        }
    }

    private static Instant day(String day) {
        return Instant.parse(day + "T00:00:00Z");
    }

    private void served(String day, String user, String model) {
        books.add(new Served(day(day), user, model, "standard"));
    }

    private Cells cells() {
        return cells(FROM, UNTIL);
    }

    private Cells cells(Instant from, Instant until) {
        Reports reports = (Reports) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Reports.class}, (proxy, method, arguments) -> {
                    assertEquals("report", method.getName());
                    return report((ReportQuery) Objects.requireNonNull(arguments)[0]);
                });
        return new Cells(reports, rates, from, until, Map.of());
    }

    private List<ReportRow> report(ReportQuery query) {
        asked.add(query);
        return books.stream()
                .filter(one -> !one.at().isBefore(query.from()) && one.at().isBefore(query.until()))
                .map(one -> new ReportRow(
                        null,
                        query.by().stream().map(one::of).toList(),
                        new Sums(
                                1,
                                0,
                                0,
                                0,
                                Map.of(TokenType.CACHE_READ, 1_000_000L),
                                Map.of(TokenType.CACHE_READ, BigDecimal.ONE)),
                        one.at(),
                        one.at()))
                .toList();
    }

    /** The cells by user, with the starts of the stretches they were read in behind each other in {@link #asked}. */
    private List<Cell> read(Function<Terms, ?> judged) {
        Cells cells = cells();
        asked.clear();
        List<Cell> read = new ArrayList<>();
        cells.read(List.of(Dimension.USER), judged, read::add);
        return read;
    }

    private List<Instant> starts() {
        return asked.stream().map(ReportQuery::from).toList();
    }

    @BeforeEach
    void aModelWhosePricesNeverChange() {
        served("2026-08-02", "ada", OPUS);
        served("2026-11-20", "ada", OPUS);
    }

    @Test
    void otherModelsPrices_dontPartATime() {
        List<Cell> cells = read(prices::prices);

        assertEquals(List.of(FROM), starts());
        assertEquals(UNTIL, asked.get(0).until());
        assertEquals(2, cells.size());
        assertEquals(Map.of(Dimension.USER, "ada"), owners(cells.get(0)));
        assertEquals(FROM, cells.get(0).terms().at());
    }

    @Test
    void changeOfAPrice_partsATime_onlyWhereSomethingWasServedOnBothSides() {
        served("2026-10-01", "bob", SONNET);
        assertEquals(3, read(prices::prices).size());
        assertEquals(List.of(FROM), starts());

        // its cache reads cost half from 7 October 2026 on
        served("2026-11-10", "bob", SONNET);
        List<Cell> cells = read(prices::prices);

        assertEquals(List.of(FROM, day("2026-11-09")), starts(), "where it is seen first");
        assertEquals(4, cells.size());
        for (Cell cell : cells) {
            assertTrue(!prices.prices(cell.terms()).isEmpty(), "an instant at which it had a price: " + cell.terms());
        }
        assertNotEquals(price(cells.get(1)), price(cells.get(3)));
    }

    private BigDecimal price(Cell cell) {
        assertEquals(SONNET, cell.terms().model());
        return Objects.requireNonNull(prices.prices(cell.terms()).get(0).of(TokenType.CACHE_READ));
    }

    @Test
    void modelServedFromItsLaunchOn_hasTheInstantOfItsLaunch() {
        served("2026-11-10", "bob", "claude-fable-5-2");

        List<Cell> cells = read(prices::prices);

        assertEquals(List.of(FROM), starts());
        assertEquals(day("2026-11-09"), cells.get(2).terms().at());
    }

    @Test
    void nextCheaperModel_partsATime_whereItIsAnotherOne() {
        DearerTerms dearer = new DearerTerms(prices);
        served("2026-09-25", "ada", OPUS);

        List<Cell> cells = read(dearer::judged);

        assertEquals(List.of(FROM, day("2026-09-22")), starts(), "Opus 5.5 is cheaper than Opus 5");
        cells.forEach(dearer::add);
        assertEquals(
                List.of("claude-opus-5 → claude-opus-5-5", "claude-opus-5 → claude-sonnet-5"),
                dearer.mix().insight().orElseThrow().steps().stream()
                        .map(Insight.Step::what)
                        .distinct()
                        .toList());
    }

    @Test
    void fastMode_isOtherTermsThanStandardSpeed() {
        books.add(new Served(day("2026-11-20"), "ada", OPUS, "fast"));

        List<Cell> cells = read(prices::prices);

        assertEquals(List.of(FROM), starts());
        assertNotEquals(cells.get(1).terms(), cells.get(2).terms());
    }

    @Test
    void boundsWithinDays_leaveWholeDaysInBetween() {
        Instant from = FROM.plusSeconds(36_000);
        Instant until = UNTIL.minusSeconds(3_600);
        Cells cells = cells(from, until);
        asked.clear();
        cells.read(List.of(), prices::prices, cell -> {});

        assertEquals(List.of(from, day("2026-08-02"), day("2026-11-30")), starts());
        assertEquals(until, asked.get(2).until());

        cells = cells(from, from.plusSeconds(3_600));
        asked.clear();
        cells.read(List.of(), prices::prices, cell -> {});
        assertEquals(List.of(from), starts());
    }

    @Test
    void whatCameInBetween_isJudgedAtTheStartOfItsStretch() {
        Cells cells = cells();
        served("2026-11-21", "bob", "claude-fable-5-1");
        List<Cell> read = new ArrayList<>();
        cells.read(List.of(Dimension.USER), prices::prices, read::add);

        assertEquals(2, cells.exchanges());
        assertEquals(new BigDecimal(2), cells.spent());
        assertEquals(3, read.size());
        assertEquals(FROM, read.get(2).terms().at());
    }

    private static Map<Dimension, String> owners(Cell cell) {
        return Map.of(Dimension.USER, cell.group().getOrDefault(Dimension.USER, ""));
    }
}
