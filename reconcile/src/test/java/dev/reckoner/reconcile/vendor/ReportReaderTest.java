package dev.reckoner.reconcile.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cell;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Report pages into values, in the shapes of api-facts §4.1 and §4.2. */
final class ReportReaderTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-02");

    private static List<JsonNode> page(String results) throws Exception {
        return List.of(new ObjectMapper()
                .readTree("{\"data\":[{\"starting_at\":\"2026-11-02T00:00:00Z\",\"ending_at\":\"2026-11-03T00:00:00Z\","
                        + "\"results\":[" + results + "]},{\"starting_at\":\"2026-11-03T00:00:00Z\",\"results\":[]}],"
                        + "\"has_more\":false}"));
    }

    private static String cost(String amount, String currency) {
        return "{\"amount\":" + amount + ",\"currency\":\"" + currency + "\",\"cost_type\":\"tokens\",\"model\":\"m\","
                + "\"token_type\":\"output_tokens\",\"service_tier\":\"standard\",\"context_window\":\"0-200k\","
                + "\"inference_geo\":\"global\",\"workspace_id\":null}";
    }

    @Test
    void amounts_areCents() throws Exception {
        List<BilledCost> costs = ReportReader.costs(page(cost("\"123.78912\"", "USD")));

        assertEquals(
                List.of(new BilledCost(
                        Cell.ofTokens(
                                DAY, null, "output_tokens", new Cell.Terms("m", "standard", "0-200k", "global", null)),
                        new BigDecimal("1.2378912"))),
                costs);
    }

    @Test
    void otherCosts_haveCellsOfTheirOwn() throws Exception {
        List<BilledCost> costs = ReportReader.costs(page("{\"amount\":\"1.000000\",\"currency\":\"USD\","
                + "\"cost_type\":\"session_usage\",\"description\":\"x\",\"workspace_id\":\"wrkspc_1\"}"));

        assertEquals(
                Cell.ofOther(DAY, "wrkspc_1", Cell.SESSION_USAGE), costs.get(0).cell());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"12,5\"|USD|expected a decimal number of cents",
                "\"NaN\"|USD|expected a decimal number of cents",
                "null|USD|expected a decimal number of cents",
                "\"1\"|EUR|expected USD"
            })
    void amountThatIsNone_isRefused(String amount, String currency, String expected) throws Exception {
        List<JsonNode> page = page(cost(amount, currency));
        String message = assertThrows(AdminApiException.class, () -> ReportReader.costs(page))
                .getMessage();
        assertTrue(String.valueOf(message).contains(expected), message);
    }

    @Test
    void counts_areOneValueEach_withoutZeros() throws Exception {
        List<BilledUsage> usage = ReportReader.usage(page("{\"uncached_input_tokens\":1500,\"cache_creation\":"
                + "{\"ephemeral_1h_input_tokens\":1000,\"ephemeral_5m_input_tokens\":500},\"cache_read_input_tokens\":0,"
                + "\"output_tokens\":9007199254740993,\"server_tool_use\":{\"web_search_requests\":10},"
                + "\"api_key_id\":\"apikey_1\",\"model\":\"m\",\"service_tier\":\"batch\",\"workspace_id\":null}"));

        Cell.Terms terms = new Cell.Terms("m", "batch", null, null, null);
        assertEquals(
                Set.of(
                        new BilledUsage(Cell.ofTokens(DAY, null, "uncached_input_tokens", terms), "apikey_1", 1500),
                        new BilledUsage(
                                Cell.ofTokens(DAY, null, "cache_creation.ephemeral_1h_input_tokens", terms),
                                "apikey_1",
                                1000),
                        new BilledUsage(
                                Cell.ofTokens(DAY, null, "cache_creation.ephemeral_5m_input_tokens", terms),
                                "apikey_1",
                                500),
                        new BilledUsage(
                                Cell.ofTokens(DAY, null, "output_tokens", terms), "apikey_1", 9_007_199_254_740_993L),
                        new BilledUsage(Cell.ofOther(DAY, null, Cell.WEB_SEARCH), "apikey_1", 10)),
                new HashSet<>(usage));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            quoteCharacter = '~',
            value = {
                "\"account_id\":\"user_1\"|user_1",
                "\"account_id\":null,\"service_account_id\":\"svac_1\"|svac_1",
                "\"account_id\":null|none",
                "\"api_key_id\":\"apikey_1\",\"account_id\":\"user_1\"|none"
            })
    void account_isWhoeverWasLoggedInWithoutAKey(String stated, @Nullable String account) throws Exception {
        List<BilledUsage> usage = ReportReader.usage(page("{\"output_tokens\":1," + stated + "}"));

        assertEquals(account, usage.get(0).account());
    }

    @ParameterizedTest
    @CsvSource({"-1", "1.5", "'\"7\"'", "1e309", "9223372036854775808"})
    void countThatIsNone_isRefused(String count) throws Exception {
        List<JsonNode> page = page("{\"output_tokens\":" + count + "}");
        assertThrows(AdminApiException.class, () -> ReportReader.usage(page));
    }

    @Test
    void pageWithoutData_isRefused() throws Exception {
        List<JsonNode> page = List.of(new ObjectMapper().readTree("{\"rows\":[]}"));
        assertThrows(AdminApiException.class, () -> ReportReader.costs(page));
    }
}
