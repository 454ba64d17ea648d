package dev.reckoner.app.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The console in a real Chromium over the demo's books; needs chromium. */
@Tag("full")
final class ConsolePagesTest extends DemoPages {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    static List<String> pages() {
        return ConsolePages.PATHS;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_opensWithData_wideAndDark(String path) {
        Page page = console.window(1280, 900, true);
        console.open(page, path);
        assertEquals(
                0,
                page.locator(".problem").count(),
                () -> path + ": " + page.locator("main").innerText());
        assertTrue(page.locator("main").innerText().length() > 60, path);
        assertEquals("rgb(17, 22, 21)", page.evaluate("getComputedStyle(document.body).backgroundColor"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_fitsAPhone(String path) {
        Page page = console.window(360, 740, false);
        console.open(page, path);
        assertEquals(
                0,
                page.locator(".problem").count(),
                () -> path + ": " + page.locator("main").innerText());
        assertEquals(360, page.evaluate("document.documentElement.scrollWidth"), path);
    }

    @Test
    void clickOnABar_goesToHours_thenToMinutes_andBack() {
        Page page = console.window(1280, 900, false);
        console.open(page, "/cost?last=7d");
        clickLastBar(page);
        page.waitForURL(Pattern.compile(".*bucket=hour.*"));
        console.drawn(page);
        String day = DemoConsole.DAY.toString();
        assertTrue(page.url().contains("since=" + day), page.url());
        page.locator("details.values summary").click();
        page.locator("details.values tbody tr", new Page.LocatorOptions().setHasText("$"))
                .first()
                .locator("button")
                .click();
        page.waitForURL(Pattern.compile(".*bucket=minute.*"));
        console.drawn(page);
        assertThat(page.locator("main")).containsText("all of " + day);
        page.goBack();
        page.waitForURL(Pattern.compile(".*bucket=hour.*"));
    }

    @ParameterizedTest
    @CsvSource({"daily, 30d", "weekly, 90d", "monthly, 12mo"})
    void chart_untilToday(String command, String last) throws Exception {
        String bucket = command.equals("daily") ? "day" : command.replace("ly", "");
        BigDecimal told = BigDecimal.ZERO;
        for (JsonNode row : console.command(command, "--json").path(command)) {
            told = told.add(Figures.usd(row, "totalCost"));
        }
        assertEquals(0, booked().compareTo(told), command);
        Page page = console.window(1280, 900, false);
        console.open(page, "/cost?last=" + last + "&by=service_tier&bucket=" + bucket);
        page.locator("details.values summary").click();
        assertThat(page.locator("details.values tbody tr")).not().hasCount(0);
        BigDecimal drawn = BigDecimal.ZERO;
        for (Map<String, String> row :
                PageTable.read(page, "Cost per " + bucket + " by service tier").rows()) {
            for (String heading : List.of("standard", "batch")) {
                drawn = drawn.add(Figures.usdOf(row.getOrDefault(heading, "0").replaceAll("[?~,–]", "0")));
            }
        }
        assertEquals(
                0,
                booked().setScale(2, RoundingMode.HALF_EVEN).compareTo(drawn.setScale(2, RoundingMode.HALF_EVEN)),
                bucket + " " + drawn);
    }

    @Test
    void filter_narrowsThePage_andStaysInTheAddress() {
        Page page = console.window(1280, 900, false);
        console.open(page, "/cost?last=30d");
        Request asked = page.waitForRequest(
                request -> request.url().contains("/reckoner/v1/report?"),
                () -> page.locator("select[name=filter]").selectOption("user"));
        assertTrue(asked.url().contains("&top=501"), "no more than are offered, and all others in one: " + asked.url());
        assertThat(page.locator("#filter-values option")).not().hasCount(0);
        page.locator("input[name=filter-value]").fill("ada");
        page.locator("input[name=filter-value]").press("Tab");
        page.waitForURL(Pattern.compile(".*user=ada.*"));
        assertThat(page.locator(".chip")).hasText(Pattern.compile("User: ada.*"));
        assertThat(page.locator("main")).not().containsText("claude-fable-5-2");
        Page other = page.context().newPage();
        other.navigate(page.url());
        assertThat(other.locator(".chip")).hasText(Pattern.compile("User: ada.*"));
        page.getByLabel("Remove the filter User ada").click();
        assertThat(page.locator("main")).containsText("claude-fable-5-2");
    }

    @Test
    void csv_holdsTheBooksToTheLastDigit() throws IOException {
        Page page = console.window(1280, 900, false);
        console.open(page, "/cost?last=30d&by=user");
        Download download = page.waitForDownload(
                () -> page.locator("button[data-csv=cost-by-user]").click());
        assertEquals("reckoner-cost-by-user.csv", download.suggestedFilename());
        List<String> lines = Files.readString(download.path()).lines().toList();
        assertTrue(lines.get(0).startsWith("User,Cost,Share,Exchanges"), lines.get(0));
        BigDecimal sum = lines.stream()
                .skip(1)
                .map(line -> new BigDecimal(line.split(",", -1)[1]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(0, sum.compareTo(booked()), sum + " in the file, " + booked() + " in the books");
    }

    @Test
    void hostileNames_areShownAsText() throws Exception {
        Call call = Cast.round(7_000).get(0);
        console.send(List.of(
                new Call(
                        "/v1/messages",
                        Map.of("x-reckoner-user", HOSTILE),
                        Bodies.question("claude-haiku-5-5", "Hm?").toString(),
                        false),
                new Call(
                        "/v1/messages",
                        Map.of("x-reckoner-user", "=1+1"),
                        Bodies.question("claude-haiku-5-5", "Hm?").toString(),
                        false)));
        Page page = console.window(1280, 900, false);
        for (String path : List.of("/people", "/cost?by=user", "/entries", "/")) {
            console.open(page, path);
            assertEquals(0, page.locator("img[src=x]").count(), path);
        }
        console.open(page, "/people");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName(HOSTILE).setExact(true))
                .click();
        assertThat(page.locator("h1")).hasText("User " + HOSTILE);
        assertEquals(0, page.locator("img[src=x]").count());
        console.open(page, "/cost?by=user&last=30d");
        Download download = page.waitForDownload(
                () -> page.locator("button[data-csv=cost-by-user]").click());
        assertTrue(Files.readString(download.path()).contains("\n'=1+1,"), call.path());
    }

    @Test
    void newEntries_comeByThemselves() throws Exception {
        Page page = console.window(1280, 900, false);
        console.open(page, "/entries?last=1d&user=live");
        assertThat(page.locator("main")).containsText("No entry matches.");
        assertThat(page.locator("#top .state")).hasText("live");
        console.send(List.of(new Call(
                "/u/live/v1/messages",
                Map.of(),
                Bodies.question("claude-haiku-5-5", "Hm?").toString(),
                false)));
        assertThat(page.locator("tbody tr")).hasCount(1);
    }

    @Test
    void entry_isExplained_downToTheAmount() {
        Page page = console.window(1280, 900, false);
        console.open(page, "/entries?last=1d&user=margaret");
        page.locator("tbody a").first().click();
        page.waitForURL(Pattern.compile(".*id=.*"));
        console.drawn(page);
        assertThat(page.locator("main")).containsText("every line has an exact amount");
        List<String> amounts = page.locator("tbody td:nth-child(6)").allInnerTexts();
        BigDecimal sum = amounts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(
                0,
                sum.compareTo(
                        new BigDecimal(page.locator("tfoot td:nth-child(6)").innerText())));
    }

    @Test
    void limit_isSetAndRemoved_andTheTrailSaysSo() {
        Page page = console.window(1280, 900, false);
        console.open(page, "/limits");
        page.locator("input[name=who]").fill("ada");
        page.locator("input[name=amount]").fill("75");
        page.locator("select[name=cap]").selectOption("/day");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Set").setExact(true))
                .click();
        assertThat(page.locator("main")).containsText("user ada");
        assertThat(page.locator("main")).containsText("$75/day");
        Locator remove = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove"));
        remove.first().click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Really remove?"))
                .click();
        assertThat(page.locator("main")).containsText("No limits: everything passes.");
        console.open(page, "/audit");
        assertThat(page.locator("main")).containsText("user=ada 75/day");
    }

    @Test
    void key_isMadeShownOnceAndRevoked() {
        Page page = console.window(1280, 900, false);
        console.open(page, "/keys");
        page.locator("input[name=name]").fill("laptop");
        page.locator("input[name=user]").fill("ada");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Make the key"))
                .click();
        String secret = page.locator("#secret").innerText();
        assertTrue(secret.startsWith("rk-"), secret);
        page.getByText("I have it").click();
        assertThat(page.locator("main")).containsText("laptop");
        assertFalse(page.content().contains(secret));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revoke"))
                .first()
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Really revoke?"))
                .click();
        assertThat(page.locator("main")).containsText("revoked");
    }

    @Test
    void days_areReconciledFromThePage_andTheBillsCodeExecutionIsKnown() throws Exception {
        String day = DemoConsole.DAY.minusDays(2).toString();
        console.bill().container(Instant.parse(day + "T09:00:00Z"), null, new BigDecimal("2.5"));
        Page page = console.window(1280, 900, false);
        console.open(page, "/reconciliation");
        page.getByLabel("From (UTC day)").fill(day);
        page.getByLabel("To, inclusive").fill(day);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Reconcile").setExact(true))
                .click();
        page.waitForURL(Pattern.compile(".*/reconciliation\\?id=.*"));
        console.drawn(page);
        assertThat(page.locator("h1")).hasText("Reconciliation of " + day);
        JsonNode made =
                console.get("reconciliations?limit=1").path("reconciliations").path(0);
        assertEquals(day, made.path("from").asText());
        assertTrue(page.url().endsWith(made.path("id").asText()), page.url());
        assertThat(page.locator(".tile").first())
                .containsText(made.path("matched").asBoolean() ? "matched" : "not matched");
        String billed = Figures.at(Figures.at(PageTable.read(page, "Causes").by("Cause"), "container"), "Amount");
        assertEquals("+$0.1250", billed);
        console.open(page, "/cost?since=" + day + "&until=" + day);
        assertThat(page.locator(".tile", new Page.LocatorOptions().setHasText("Code execution")))
                .containsText("$0.1250");
        console.open(page, "/cost?since=" + day + "&until=" + day + "&user=ada");
        assertThat(page.locator(".tile", new Page.LocatorOptions().setHasText("Code execution")))
                .containsText("whole days of everybody");
    }

    @Test
    void theme_isKept() {
        Page page = console.window(1280, 900, false);
        console.open(page, "/usage");
        page.locator("#theme").click();
        page.locator("#theme").click();
        assertThat(page.locator("#theme")).hasText("Theme: dark");
        page.reload();
        console.drawn(page);
        assertEquals("dark", page.evaluate("document.documentElement.dataset.theme"));
    }

    @Test
    void keyboard_reachesThePage_andItsTable() {
        Page page = console.window(1280, 900, false);
        console.open(page, "/cost?last=30d");
        page.locator("body").press("Tab");
        assertEquals("Skip to the page", page.evaluate("document.activeElement.textContent"));
        page.keyboard().press("Enter");
        assertEquals("main", page.evaluate("document.activeElement.id"));
        assertTrue(page.url().endsWith("/cost?last=30d"), "the page isn't left: " + page.url());
        page.locator("details.values summary").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("details.values tbody tr")).hasCount(30);
    }

    /** The last of seven bars is today's. */
    private static void clickLastBar(Page page) {
        Locator plot = page.locator(".u-over").first();
        BoundingBox box = plot.boundingBox();
        double x = box.width - box.width / 14;
        plot.hover(new Locator.HoverOptions().setPosition(x, box.height - 8));
        plot.click(new Locator.ClickOptions().setPosition(x, box.height - 8));
    }

    private static BigDecimal booked() {
        LocalDate today = DemoConsole.DAY;
        Instant until = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant from = today.minusDays(29).atStartOfDay(ZoneOffset.UTC).toInstant();
        return console.books().reports().report(new ReportQuery(from, until, Bucket.ALL, List.of(), Map.of())).stream()
                .map(ReportRow::sums)
                .map(sums -> sums.amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
