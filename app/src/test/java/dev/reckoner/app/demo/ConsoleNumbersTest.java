package dev.reckoner.app.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.reckoner.app.demo.Figures.NOT_STATED;
import static dev.reckoner.app.demo.Figures.assertDuration;
import static dev.reckoner.app.demo.Figures.at;
import static dev.reckoner.app.demo.Figures.byField;
import static dev.reckoner.app.demo.Figures.byGroup;
import static dev.reckoner.app.demo.Figures.field;
import static dev.reckoner.app.demo.Figures.title;
import static dev.reckoner.app.demo.Figures.total;
import static dev.reckoner.app.demo.Figures.usd;
import static dev.reckoner.app.demo.Figures.value;
import static dev.reckoner.app.demo.PageTable.assertShows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the figures that the console's pages show to those that the command line prints and the private API answers, each
 * asked the same; needs chromium.
 */
@Tag("full")
final class ConsoleNumbersTest extends DemoPages {
    private static final LocalDate LAST = DemoConsole.DAY;
    private static final String SINCE = LAST.minusDays(29).toString();
    private static final String SPAN = "from=" + SINCE + "T00:00:00Z&until=" + LAST.plusDays(1) + "T00:00:00Z";

    /** Token types under their names on pages, in the private API and in the command line's JSON. */
    private static final Map<String, Type> TYPES = new LinkedHashMap<>();

    private record Type(TokenType type, String field) {}

    static {
        TYPES.put("Uncached input", new Type(TokenType.INPUT, "inputTokens"));
        TYPES.put("Cache write 5m", new Type(TokenType.CACHE_WRITE_5M, "cacheCreation5mTokens"));
        TYPES.put("Cache write 1h", new Type(TokenType.CACHE_WRITE_1H, "cacheCreation1hTokens"));
        TYPES.put("Cache read", new Type(TokenType.CACHE_READ, "cacheReadTokens"));
        TYPES.put("Output", new Type(TokenType.OUTPUT, "outputTokens"));
        TYPES.put("Web searches", new Type(TokenType.WEB_SEARCH, "webSearchRequests"));
    }

    private @Nullable Page open;

    private PageTable shown(String address, String caption) {
        shown(address);
        return PageTable.read(page(), caption);
    }

    private void shown(String address) {
        open = console.window(1600, 900, false);
        console.open(page(), address);
    }

    private Page page() {
        return Objects.requireNonNull(open);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "team", "project", "model", "key", "workspace", "session", "tag", "service_tier"})
    void costAndUsage_byAnything(String by) throws Exception {
        Map<String, JsonNode> command = byField(command("cost", "--by", by).path("cost"), field(by));
        Map<String, JsonNode> api = byGroup(console.get("report?by=" + by + "&" + SPAN));
        String title = title(by);
        for (String path : List.of("cost", "usage")) {
            PageTable table = shown(
                    "/" + path + "?last=30d&by=" + by,
                    (path.equals("cost") ? "Cost by " : "Usage by ") + title.toLowerCase(Locale.ROOT));
            Map<String, Map<String, String>> rows = table.by(title);
            assertEquals(command.keySet(), rows.keySet());
            assertEquals(api.keySet(), rows.keySet());
            for (String value : rows.keySet()) {
                assertSums(at(command, value), at(api, value), at(rows, value), path.equals("usage"));
            }
            assertTrue(
                    rows.size() > 1
                            || List.of("key", "workspace", "service_tier").contains(by),
                    by + rows);
        }
    }

    private static void assertSums(JsonNode command, JsonNode sums, Map<String, String> row, boolean counts) {
        assertShows(usd(command, "totalCost"), at(row, "Cost"), row);
        assertEquals(0, usd(command, "totalCost").compareTo(total(sums)), row::toString);
        assertShows(command.path("requests").decimalValue(), at(row, "Exchanges"), row);
        assertEquals(command.path("requests"), sums.path("exchanges"));
        TYPES.forEach((heading, type) -> {
            BigDecimal quantity =
                    sums.path("quantities").path(type.type().name()).decimalValue();
            assertEquals(0, quantity.compareTo(command.path(type.field()).decimalValue()), heading);
            String amount = sums.path("amounts").path(type.type().name()).asText("0");
            assertShows(counts ? quantity : new BigDecimal(amount), at(row, heading), row + heading);
        });
        if (counts) {
            assertShows(command.path("totalTokens").decimalValue(), at(row, "Tokens"), row);
        }
    }

    @Test
    void chart_dayByDay() throws Exception {
        shown("/cost?last=30d&by=model");
        page().locator("details.values summary").click();
        assertThat(page().locator("details.values tbody tr")).not().hasCount(0);
        Map<String, Map<String, String>> days =
                PageTable.read(page(), "Cost per day by model").by("Time (UTC)");
        assertEquals(30, days.size());
        Map<String, Map<String, BigDecimal>> expected = new TreeMap<>();
        for (JsonNode row : command("cost", "--by", "model", "--bucket", "1d").path("cost")) {
            Map<String, String> day = at(days, row.path("date").asText());
            String model = value(row.path("model"));
            String column = day.containsKey(model) ? model : others(day);
            expected.computeIfAbsent(at(day, "Time (UTC)"), none -> new TreeMap<>())
                    .merge(column, usd(row, "totalCost"), BigDecimal::add);
        }
        days.forEach((day, cells) -> cells.forEach((column, cell) -> {
            if (!column.equals("Time (UTC)")) {
                assertShows(
                        expected.getOrDefault(day, Map.of()).getOrDefault(column, BigDecimal.ZERO), cell, day + column);
            }
        }));
        assertEquals(DAYS, expected.size());
    }

    /** The column of those that are too many to be told apart. */
    private static String others(Map<String, String> row) {
        return row.keySet().stream()
                .filter(heading -> heading.endsWith(" others"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "team", "project"})
    void people(String by) throws Exception {
        Map<String, JsonNode> command = byField(command("cost", "--by", by).path("cost"), field(by));
        Map<String, Map<String, String>> rows =
                shown("/people?last=30d&by=" + by, "Cost by " + by).by(title(by));
        assertEquals(command.keySet(), rows.keySet());
        rows.forEach((value, row) -> {
            JsonNode expected = at(command, value);
            assertShows(usd(expected, "totalCost"), at(row, "Cost"), row);
            assertShows(expected.path("totalTokens").decimalValue(), at(row, "Tokens"), row);
            assertShows(expected.path("requests").decimalValue(), at(row, "Exchanges"), row);
            assertShows(expected.path("failed").decimalValue(), at(row, "Failed"), row);
            BigDecimal input = expected.path("totalTokens")
                    .decimalValue()
                    .subtract(expected.path("outputTokens").decimalValue());
            assertEquals(
                    expected.path("cacheReadTokens").doubleValue() * 100 / input.doubleValue(),
                    Double.parseDouble(at(row, "Cache rate").replace(" %", "")),
                    0.0501,
                    row::toString);
        });
    }

    @Test
    void sessions_ofAPerson() throws Exception {
        Map<String, JsonNode> command = byField(
                command("sessions", "--where", "user=ada", "--limit", "200").path("sessions"), "sessionId");
        command.remove(NOT_STATED);
        Map<String, JsonNode> api = new TreeMap<>();
        for (JsonNode row :
                console.get("sessions?where.user=ada&limit=200&" + SPAN).path("rows")) {
            api.put(row.path("session").asText(), row);
        }
        Map<String, Map<String, String>> rows = shown("/people?last=30d&user=ada", "Sessions, the dearest first")
                .by("Session");
        assertEquals(command.keySet(), rows.keySet());
        assertTrue(rows.size() > 5, rows::toString);
        rows.forEach((session, row) -> {
            JsonNode expected = at(command, session);
            JsonNode sums = at(api, session).path("sums");
            assertEquals(0, usd(expected, "totalCost").compareTo(total(sums)));
            assertShows(usd(expected, "totalCost"), at(row, "Cost"), row);
            assertShows(expected.path("totalTokens").decimalValue(), at(row, "Tokens"), row);
            assertShows(expected.path("requests").decimalValue(), at(row, "Exchanges"), row);
            assertDuration(expected.path("apiDurationMs").asLong(), at(row, "API duration"));
            assertDuration(expected.path("wallDurationMs").asLong(), at(row, "Wall duration"));
        });
    }

    @Test
    void entries_andOneExplained() throws Exception {
        Map<String, JsonNode> command = byField(
                command("entries", "--where", "user=margaret", "--limit", "100").path("entries"), "id");
        Map<String, Map<String, String>> rows = new HashMap<>();
        shown("/entries?last=30d&user=margaret", "Entries, newest first")
                .rows()
                .forEach(row -> rows.put(at(row, "Exchange"), row));
        assertTrue(rows.size() > 10, rows::toString);
        int dearest = 0;
        for (JsonNode entry : command.values()) {
            String id = entry.path("id").asText();
            String name = id.substring(id.length() - 12);
            Map<String, String> row = at(rows, name);
            rows.remove(name);
            JsonNode charge = entry.path("charge");
            BigDecimal tokens = BigDecimal.ZERO;
            for (JsonNode line : charge.path("lines")) {
                boolean search = line.path("type").asText().startsWith("web_search");
                tokens = search ? tokens : tokens.add(line.path("quantity").decimalValue());
            }
            assertShows(tokens, at(row, "Tokens"), row);
            if (charge.path("status").asText().equals("rated")) {
                assertShows(usd(charge, "amount"), at(row, "Cost"), row);
                dearest += usd(charge, "amount").signum();
            }
        }
        assertEquals(Map.of(), rows);
        assertTrue(dearest > 10, dearest + " have an amount");
        explained(command.values().iterator().next().path("id").asText());
    }

    private void explained(String id) throws Exception {
        console.open(page(), "/entries?id=" + id);
        String charged = page().locator("tfoot td").last().innerText();
        JsonNode charge = console.command("explain", id, "--json").at("/entries/0/charge");
        assertShows(usd(charge, "amount"), charged, id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "user", "key"})
    void peaks(String by) throws Exception {
        Map<String, Map<String, String>> rows =
                shown("/rate-limits?last=30d&by=" + by, "Peaks by " + by).by(title(by));
        Map<String, Map<String, BigDecimal>> command = new TreeMap<>();
        for (JsonNode row : command("ratelimits", "--by", by, "--bucket", "1h").path("rateLimits")) {
            Map<String, BigDecimal> figures =
                    command.computeIfAbsent(value(row.path(field(by))), none -> new TreeMap<>());
            figures.merge("Peak ITPM", row.at("/peakInput/perMinute").decimalValue(), BigDecimal::max);
            figures.merge("Peak OTPM", row.at("/peakOutput/perMinute").decimalValue(), BigDecimal::max);
            figures.merge("Peak RPM", row.at("/peakRequests/perMinute").decimalValue(), BigDecimal::max);
            figures.merge("Requests", row.path("requests").decimalValue(), BigDecimal::add);
            figures.merge("Throttled", row.path("throttled").decimalValue(), BigDecimal::add);
        }
        assertEquals(command.keySet(), rows.keySet());
        command.forEach((value, figures) -> figures.forEach(
                (heading, figure) -> assertShows(figure, at(at(rows, value), heading), value + " " + heading)));
        long requests = 0;
        for (JsonNode row :
                console.get("ratelimits?bucket=hour&by=" + by + "&" + SPAN).path("rows")) {
            requests += row.path("requests").asLong();
        }
        assertEquals(
                requests,
                command.values().stream()
                        .mapToLong(all -> at(all, "Requests").longValueExact())
                        .sum());
    }

    @Test
    void cache() throws Exception {
        Map<String, Map<String, String>> rows =
                shown("/rate-limits?last=30d", "What caching cost and saved").by("Project");
        Map<String, JsonNode> command =
                byField(command("cache", "--by", "project").path("apps"), "project");
        assertEquals(command.keySet(), rows.keySet());
        assertFalse(rows.isEmpty());
        for (JsonNode api : console.get("cache?by=project&" + SPAN).path("rows")) {
            JsonNode expected = at(command, value(api.path("group").iterator().next()));
            assertEquals(0, usd(expected, "net").compareTo(usd(api, "net")));
        }
        command.forEach((project, expected) -> {
            Map<String, String> row = at(rows, project);
            assertShows(usd(expected, "premium5m").add(usd(expected, "premium1h")), at(row, "Paid for writing"), row);
            assertShows(usd(expected, "saved"), at(row, "Saved by reading"), row);
            assertShows(usd(expected, "net"), at(row, "Net"), row);
            assertShows(expected.path("written5m").decimalValue(), at(row, "Written 5m"), row);
            assertShows(expected.path("written1h").decimalValue(), at(row, "Written 1h"), row);
            assertShows(expected.path("read").decimalValue(), at(row, "Read"), row);
            assertShows(usd(expected, "cacheRate").movePointRight(2), at(row, "Cache rate"), row);
            assertEquals(expected.path("verdict").asText(), at(row, "Verdict").split(" ", -1)[0]);
        });
    }

    @Test
    void insights() throws Exception {
        JsonNode command = command("insights");
        JsonNode api = console.get("insights?" + SPAN);
        shown("/insights?last=30d");
        assertShows(
                usd(command, "spent"), page().locator(".tile .value").first().innerText(), "spent");
        assertEquals(0, usd(command, "spent").compareTo(usd(api, "spent")));
        assertTrue(command.path("insights").size() > 2, command::toPrettyString);
        assertEquals(command.path("insights").size(), api.path("insights").size());
        for (int i = 0; i < command.path("insights").size(); i++) {
            JsonNode expected = command.path("insights").path(i);
            assertEquals(
                    0,
                    usd(expected, "saving").compareTo(usd(api.path("insights").path(i), "saving")));
            PageTable table = PageTable.read(
                    page(), "The arithmetic of: " + expected.path("title").asText());
            assertShows(usd(expected, "saving"), at(table.total(), "= Saving"), expected);
            assertEquals(expected.path("steps").size(), table.rows().size());
            for (int j = 0; j < table.rows().size(); j++) {
                JsonNode step = expected.path("steps").path(j);
                assertShows(usd(step, "saving"), at(table.rows().get(j), "= Saving"), step);
                assertShows(
                        step.path("quantity").decimalValue(), at(table.rows().get(j), "Tokens"), step);
            }
        }
    }

    @Test
    void reconciliation_withItsCauses() throws Exception {
        Map<String, String> latest = shown("/reconciliation", "Reconciliations, the latest first")
                .rows()
                .get(0);
        JsonNode api =
                console.get("reconciliations?limit=1").path("reconciliations").path(0);
        JsonNode command = console.command("reconcile", "show", api.path("id").asText(), "--format", "json");
        for (JsonNode told : List.of(api, command)) {
            assertShows(usd(told, "billed_amount"), at(latest, "Billed"), told);
            assertShows(usd(told, "ledger_amount"), at(latest, "Ledger"), told);
            assertShows(usd(told, "difference"), at(latest, "Difference"), told);
            assertShows(usd(told.path("coverage"), "tokens").movePointRight(2), at(latest, "Coverage"), told);
        }
        console.open(page(), "/reconciliation?id=" + api.path("id").asText());
        Map<String, Map<String, String>> causes =
                PageTable.read(page(), "Causes").by("Cause");
        assertTrue(command.path("causes").size() > 0, command::toPrettyString);
        assertEquals(command.path("causes").size(), causes.size());
        for (JsonNode cause : command.path("causes")) {
            assertShows(usd(cause, "amount"), at(at(causes, cause.path("cause").asText()), "Amount"), cause);
        }
        PageTable differences = PageTable.read(page(), "Differences");
        assertEquals(command.path("variances").size(), differences.rows().size());
        for (int i = 0; i < differences.rows().size(); i++) {
            JsonNode variance = command.path("variances").path(i);
            assertShows(usd(variance, "difference"), at(differences.rows().get(i), "Difference"), variance);
        }
    }

    @Test
    void chargeback_splitFromThePage() throws Exception {
        String month = LAST.toString().substring(0, 7);
        shown("/chargeback?month=" + month);
        page().getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName("Split the bill of " + month)
                                .setExact(true))
                .click();
        String caption = "The bill of " + month + " by user";
        assertThat(page().locator("caption").getByText(caption)).hasCount(1);
        PageTable table = PageTable.read(page(), caption);
        Map<String, Map<String, String>> rows = table.by("User");
        JsonNode command = console.command("chargeback", "--month", month, "--format", "json");
        JsonNode api = console.get("chargeback?by=user&month=" + month);
        assertEquals(command.path("rows").size(), rows.size());
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode expected : command.path("rows")) {
            assertShows(
                    usd(expected, "amount"), at(at(rows, expected.path("label").asText()), "Amount"), expected);
            sum = sum.add(usd(expected, "amount"));
        }
        assertEquals(0, sum.compareTo(usd(command, "billed_amount")));
        assertShows(sum, at(table.total(), "Amount"), table.total());
        assertEquals(0, usd(command, "billed_amount").compareTo(usd(api, "billed_amount")));
    }

    @Test
    void limits_asTheyStand() throws Exception {
        console.say("limits", "set", "user=ada", "25/month");
        console.say("limits", "set", "all", "400000 itpm");
        Map<String, Map<String, String>> rows =
                shown("/limits", "Limits and how they stand").by("Subject");
        JsonNode command = console.command("limits", "list", "--json").path("limits");
        JsonNode api = console.get("limits").path("standings");
        assertEquals(2, rows.size());
        assertEquals(2, command.size());
        for (int i = 0; i < 2; i++) {
            JsonNode expected = command.path(i);
            boolean all = expected.path("limit").asText().startsWith("all");
            Map<String, String> row = at(rows, all ? "all" : "user ada");
            for (String figure : List.of("spent", "left")) {
                String shown = at(row, figure.equals("left") ? "Left" : "Spent");
                if (expected.path(figure).isNull()) {
                    assertEquals("–", shown);
                } else {
                    assertShows(usd(expected, figure), shown, expected);
                    assertEquals(0, usd(expected, figure).compareTo(usd(api.path(i), figure)));
                }
            }
        }
    }

    @Test
    void overview_todayThisMonthAndCredits() throws Exception {
        console.say("credits", "set", "100", "--at", SINCE + "T00:00Z");
        shown("/");
        Map<String, String> tiles = new HashMap<>();
        page().locator(".tile")
                .all()
                .forEach(tile -> tiles.put(
                        tile.locator(".name").innerText(),
                        tile.locator(".value").innerText()));
        JsonNode today = console.command("cost", "--since", LAST.toString(), "--json")
                .path("cost")
                .path(0);
        assertShows(usd(today, "totalCost"), at(tiles, "Today"), today);
        String first = LAST.withDayOfMonth(1).toString();
        JsonNode month =
                console.command("cost", "--since", first, "--json").path("cost").path(0);
        assertShows(usd(month, "totalCost"), at(tiles, "Month to date"), month);
        JsonNode credits = console.command("credits", "--json");
        assertShows(usd(credits, "remaining"), at(tiles, "Credits left"), credits);
        assertEquals(
                0,
                usd(credits, "remaining")
                        .compareTo(usd(console.get("credits/statement").path("statement"), "remaining")));
        JsonNode users = console.command("cost", "--since", first, "--by", "user", "--json")
                .path("cost");
        Map<String, JsonNode> command = byField(users, "user");
        List<Map<String, String>> top =
                PageTable.read(page(), "Cost by user this month").rows();
        assertEquals(Math.min(5, command.size()), top.size());
        top.forEach(row -> assertShows(usd(at(command, at(row, "0")), "totalCost"), at(row, "3"), row));
    }

    @Test
    void rates_alertsAndTheTrail() throws Exception {
        PageTable rates = shown("/rates?rows=all", "Rates");
        JsonNode api = console.get("rates").path("rates");
        assertEquals(api.size(), rates.rows().size());
        JsonNode command = new JsonMapper()
                .readTree(console.run("rates", "list", "--all", "--json"))
                .path("rates");
        assertEquals(api.size(), command.size());
        for (int i = 0; i < api.size(); i++) {
            Map<String, String> row = rates.rows().get(i);
            assertEquals(api.path(i).path("model").asText(), at(row, "Model"));
            assertEquals(command.path(i).path("model").asText(), at(row, "Model"));
            for (String price : List.of("input", "output")) {
                String heading = price.substring(0, 1).toUpperCase(Locale.ROOT) + price.substring(1);
                JsonNode stated = command.path(i).path("prices").path(price);
                assertEquals(stated.asText("?"), at(row, heading), row::toString);
            }
        }
        JsonNode alerts = console.command("alerts", "--json").path("alerts");
        assertEquals(
                alerts.size(),
                shown("/alerts", "Alerts, the latest first").rows().size());
    }

    /** A report of the command line over the same thirty days. */
    private static JsonNode command(String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--since", SINCE, "--until", LAST.toString(), "--json"));
        return console.command(all.toArray(new String[0]));
    }
}
