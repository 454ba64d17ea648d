package dev.reckoner.simulator.admin;

import static dev.reckoner.simulator.admin.AdminStage.COST;
import static dev.reckoner.simulator.admin.AdminStage.DAY;
import static dev.reckoner.simulator.admin.AdminStage.EACH;
import static dev.reckoner.simulator.admin.AdminStage.USAGE;
import static dev.reckoner.simulator.admin.AdminStage.at;
import static dev.reckoner.simulator.admin.AdminStage.tokens;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each cause of difference by itself, and all at once: what the reports show and what it comes to. */
class AdminPlantsTest {
    private static final Terms OPUS = Terms.of("claude-opus-5-5");
    private static final int MILLION = 1_000_000;
    private static final LocalDate DATE = LocalDate.parse("2026-11-10");
    private static final Instant NEXT_DAY = DAY.plusSeconds(86_400);

    private AdminStage stage;
    private Admin admin;

    @BeforeEach
    void start() throws Exception {
        stage = new AdminStage();
        admin = stage.admin;
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void nothingPlanted_hasNoEffects() {
        admin.add(at(1, OPUS, tokens(MILLION, 0)));
        assertEquals(Map.of(), admin.effects(DAY, NEXT_DAY));
        assertUsd("4", admin.total(DAY, NEXT_DAY));
    }

    @Test
    void bypassedKeyAndConsole_areInBothReports() throws Exception {
        String key = admin.key("elsewhere", "sk-ant-api03-" + "b".repeat(40), null);
        admin.bypassed(at(1, OPUS.key(key), tokens(MILLION, 0)));
        admin.console(at(2, OPUS.key(key), tokens(0, MILLION)));
        JsonNode rows = results(USAGE + "&group_by[]=api_key_id");
        assertTrue(rows.path(0).path("api_key_id").isNull());
        assertEquals(MILLION, rows.path(0).path("output_tokens").intValue());
        assertEquals(key, rows.path(1).path("api_key_id").textValue());
        assertEffects(Map.of(Planted.BYPASSED, "4", Planted.CONSOLE, "20"));
        assertUsd("24", AdminStage.usd(stage.all(COST)));
    }

    @Test
    void priceAndDiscount_areToldApart() throws Exception {
        admin.add(at(1, OPUS, tokens(MILLION, 0)));
        admin.add(at(2, OPUS.tier("batch").geo("us"), tokens(MILLION, 0)));
        admin.add(at(3, OPUS.speed("fast"), tokens(MILLION, 0)));
        admin.price(new PriceChange("claude-opus-5-5", TokenKind.INPUT, DATE, new BigDecimal("5")));
        admin.discount(DATE, new BigDecimal("0.9"));
        assertEffects(Map.of(Planted.RATE, "1.55", Planted.DISCOUNT, "-1.575"));
        assertUsd("14.175", AdminStage.usd(stage.all(COST)));
    }

    @Test
    void price_ofAModelWithTwoTiers_changesTheLowerOneOnly() {
        Terms haiku = Terms.of("claude-haiku-5-5");
        admin.add(at(1, haiku, tokens(MILLION, 0)));
        admin.add(at(2, haiku.prompt(PromptSize.UP_TO_200K), tokens(MILLION, 0)));
        admin.price(new PriceChange("claude-haiku-5-5", TokenKind.INPUT, DATE, new BigDecimal("0.2")));
        assertUsd("0.7", admin.total(DAY, NEXT_DAY));
    }

    @Test
    void price_beforeItsDayOrItsTime_isThePublishedOne() {
        admin.add(at(1, OPUS, tokens(MILLION, 0)));
        Instant shown = Instant.parse("2026-11-21T00:00:00Z");
        admin.price(new PriceChange("claude-opus-5-5", TokenKind.INPUT, DATE.plusDays(1), BigDecimal.TEN));
        admin.price(new PriceChange("claude-opus-5-5", TokenKind.INPUT, DATE, BigDecimal.ONE, shown));
        assertUsd("4", admin.total(DAY, NEXT_DAY));
        stage.now("2026-11-21T00:00:00Z");
        assertUsd("1", admin.total(DAY, NEXT_DAY));
    }

    @Test
    void price_ofAModelThatNoListHas_isBilled() {
        Terms unlisted = Terms.of("claude-unlisted-1");
        admin.add(at(1, unlisted, tokens(MILLION, 0)));
        assertUsd("0", admin.total(DAY, NEXT_DAY));
        admin.price(new PriceChange("claude-unlisted-1", TokenKind.INPUT, DATE, BigDecimal.TEN));
        assertUsd("10", admin.total(DAY, NEXT_DAY));
    }

    @Test
    void priorityAndNotBilled_areInTheUsageReportOnly() throws Exception {
        admin.priority(at(1, OPUS, tokens(1, 0)));
        admin.notBilled(at(2, OPUS, tokens(2, 0)));
        JsonNode rows = results(USAGE + "&group_by[]=service_tier");
        assertEquals("priority", rows.path(0).path("service_tier").textValue());
        assertEquals(2, rows.path(1).path("uncached_input_tokens").intValue());
        assertEquals(0, results(COST + EACH).size());
        assertEffects(Map.of());
    }

    @Test
    void containersAndSessions_areInTheCostReportOnly() throws Exception {
        String workspace = admin.workspace("agents");
        admin.container(DAY, workspace, new BigDecimal("10"));
        admin.sessionTime(DAY, null, new BigDecimal("2.5"));
        assertEquals(0, results(USAGE).size());
        JsonNode rows = results(COST + EACH);
        assertEquals("session_usage", rows.path(0).path("cost_type").textValue());
        assertEquals("20", rows.path(0).path("amount").textValue());
        assertEquals("code_execution", rows.path(1).path("cost_type").textValue());
        assertEquals("50", rows.path(1).path("amount").textValue());
        assertEquals(workspace, rows.path(1).path("workspace_id").textValue());
        assertTrue(rows.path(1).path("model").isNull());
        assertEffects(Map.of(Planted.CONTAINER, "0.5", Planted.SESSION_TIME, "0.2"));
    }

    @Test
    void lateReceipts_restateTheirBucket() throws Exception {
        admin.add(at(1, OPUS, tokens(MILLION, 0)));
        admin.late(at(2, OPUS, tokens(0, MILLION)), Instant.parse("2026-11-21T00:00:00Z"));
        assertUsd("4", AdminStage.usd(stage.all(COST)));
        assertEffects(Map.of(Planted.LATE, "-20"));
        stage.now("2026-11-21T00:00:00Z");
        assertUsd("24", AdminStage.usd(stage.all(COST)));
        assertEffects(Map.of());
    }

    @Test
    void boundary_decidesTheDayOfWhatCrossesMidnight() {
        admin.add(new Billable(NEXT_DAY.minusSeconds(5), NEXT_DAY.plusSeconds(5), OPUS, 1, tokens(MILLION, 0)));
        assertUsd("0", admin.total(DAY, NEXT_DAY));
        assertUsd("4", admin.total(NEXT_DAY, NEXT_DAY.plusSeconds(86_400)));
        admin.boundary(Boundary.START);
        assertUsd("4", admin.total(DAY, NEXT_DAY));
        assertUsd("0", admin.total(NEXT_DAY, NEXT_DAY.plusSeconds(86_400)));
    }

    @Test
    void everythingAtOnce_addsUpToTheBill() throws Exception {
        admin.add(at(1, OPUS, tokens(MILLION, 0)));
        admin.bypassed(at(2, OPUS, tokens(MILLION, 0)));
        admin.console(at(3, OPUS, tokens(MILLION, 0)));
        admin.late(at(4, OPUS, tokens(MILLION, 0)), Instant.parse("2026-12-01T00:00:00Z"));
        admin.priority(at(5, OPUS, tokens(MILLION, 0)));
        admin.notBilled(at(6, OPUS, tokens(MILLION, 0)));
        admin.container(DAY, null, BigDecimal.ONE);
        admin.sessionTime(DAY, null, BigDecimal.ONE);
        admin.price(new PriceChange("claude-opus-5-5", TokenKind.INPUT, DATE, new BigDecimal("8")));
        admin.discount(DATE, new BigDecimal("0.5"));
        BigDecimal published = new BigDecimal("8");
        BigDecimal effects = admin.effects(DAY, NEXT_DAY).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(7, admin.effects(DAY, NEXT_DAY).size());
        assertUsd(published.add(effects).toPlainString(), AdminStage.usd(stage.all(COST)));
    }

    @Test
    void receipts_thatNobodyCouldServe_areRefused() {
        assertRefused(Terms.of("claude-nothing"));
        assertRefused(OPUS.tier("batch").speed("fast"));
        assertRefused(Terms.of("claude-sonnet-5-5").speed("fast"));
        assertRefused(Terms.of("claude-haiku-4-5-20251001").geo("us"));
        assertRefused(OPUS.geo("not_available"));
        assertThrows(IllegalArgumentException.class, () -> new Billable(NEXT_DAY, DAY, OPUS, 1, tokens(1, 1)));
    }

    private void assertRefused(Terms terms) {
        assertThrows(IllegalArgumentException.class, () -> admin.add(at(1, terms, tokens(1, 1))));
    }

    private void assertEffects(Map<Planted, String> expected) {
        Map<Planted, BigDecimal> actual = new HashMap<>();
        admin.effects(DAY, NEXT_DAY).forEach((planted, usd) -> actual.put(planted, usd.stripTrailingZeros()));
        Map<Planted, BigDecimal> wanted = new HashMap<>();
        expected.forEach((planted, usd) -> wanted.put(planted, new BigDecimal(usd).stripTrailingZeros()));
        assertEquals(wanted, actual);
    }

    private JsonNode results(String target) throws Exception {
        return stage.get(target).path("data").path(0).path("results");
    }

    private static void assertUsd(String expected, BigDecimal actual) {
        assertEquals(0, new BigDecimal(expected).compareTo(actual), () -> "expected " + expected + ", was " + actual);
    }
}
