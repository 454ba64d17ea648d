package dev.reckoner.app.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.reckoner.app.LoopbackSettings;
import dev.reckoner.app.serve.RunningServer;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of a server of its own: nothing on its books yet, a login before it, rates that change; needs chromium. */
@Tag("full")
final class ConsoleChangesTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String ADMIN = "an-admin's-token-of-32-characters";
    private static final String READER = "a-reader's-token-of-32-characters";
    private static final String UNLISTED = "claude-unlisted-1";
    private static final Pattern MEANINGLESS = Pattern.compile("\\b(NaN|undefined|null|Infinity)\\b");
    private static final String COLUMNS =
            "model_id,input,cache_write_5m,cache_write_1h,cache_read,output,inference_geo_us_multiplier,sources\n";

    @TempDir
    private Path directory;

    /** What a test does with the console. */
    private interface Looking {
        void at(ConsoleBrowser browser, RunningServer server) throws Exception;
    }

    private void served(Map<String, String> more, Looking looking) throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            Settings settings = LoopbackSettings.of(simulator.url(), directory.resolve("books"), more);
            List<Path> files = settings.rating().ratesFiles();
            Map<String, String> env = Map.of("OPS", ADMIN, "LOOK", READER);
            try (RunningServer server = RunningServer.start(settings, RateTables.load(files), env, CLOCK);
                    ConsoleBrowser browser = new ConsoleBrowser(server.console(), CLOCK)) {
                looking.at(browser, server);
            }
        }
    }

    @Test
    void everyPage_ofEmptyBooks_opensAndFitsAPhone() throws Exception {
        served(Map.of(), (browser, server) -> {
            for (String path : ConsolePages.PATHS) {
                Page page = browser.window(360, 740, false);
                browser.open(page, path);
                String text = page.locator("main").innerText();
                assertEquals(0, page.locator(".problem").count(), () -> path + ": " + text);
                assertFalse(MEANINGLESS.matcher(text).find(), () -> path + ": " + text);
                assertEquals(360, page.evaluate("document.documentElement.scrollWidth"), path);
                browser.closeWindows();
            }
            assertEquals(List.of(), browser.complaints());
        });
    }

    @Test
    void rates_areReadAgain_andEntriesAreRatedByThem() throws Exception {
        Path rates = directory.resolve("rates.csv");
        Files.writeString(rates, COLUMNS);
        served(Map.of("rating.rates_files", rates.toString()), (browser, server) -> {
            send(server.proxy());
            Page page = browser.window(1280, 900, false);
            browser.open(page, "/entries?last=1d");
            assertThat(page.locator("main")).containsText(UNLISTED);
            browser.open(page, "/rates");
            click(page, "Reload");
            assertThat(page.locator("main")).containsText("Nothing has changed.");

            price(rates, 2);
            click(page, "Reload");
            assertThat(page.locator("main")).containsText("1 entry that waited for a rate has one.");
            click(page, "Show it");
            assertThat(page.getByLabel("Rates", new Page.GetByLabelOptions().setExact(true)))
                    .containsText(UNLISTED);

            click(page, "What would change?");
            assertThat(page.locator("main")).containsText("Each of 1 entry costs what it is booked at.");
            price(rates, 4);
            click(page, "Reload");
            click(page, "What would change?");
            assertThat(page.locator("main")).containsText("1 of 1 entry would be corrected.");
            Map<String, String> would =
                    PageTable.read(page, "What would be corrected").total();
            click(page, "Book the corrections");
            assertThat(page.locator("main")).containsText("Corrected 1 of 1 entry.");
            Map<String, String> done =
                    PageTable.read(page, "What was corrected").total();
            assertEquals(Figures.at(would, "Would be"), Figures.at(done, "Now"));
            browser.open(page, "/cost?last=1d");
            PageTable.assertShows(
                    Figures.usdOf(Figures.at(done, "Now")),
                    Figures.at(PageTable.read(page, "Cost by model").total(), "Cost"),
                    done);
            browser.open(page, "/audit");
            assertThat(page.locator("main")).containsText("rates reload");
            assertThat(page.locator("main")).containsText("rerate");
            assertEquals(List.of(), browser.complaints());
        });
    }

    private static void click(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private static void price(Path rates, int input) throws IOException {
        Files.writeString(rates, COLUMNS + UNLISTED + "," + input + ",,,," + 5 * input + ",1.1,a contract\n");
    }

    private static void send(URI proxy) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(proxy.resolve("/u/ada/v1/messages"))
                .header("x-api-key", "sk-ant-api03-a-key-of-a-test-000000000000")
                .header("anthropic-version", "2023-06-01")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + UNLISTED
                        + "\",\"max_tokens\":200,\"messages\":[{\"role\":\"user\",\"content\":\"Hm?\"}]}"))
                .build();
        assertEquals(
                200,
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode());
    }

    @Test
    void login_letsReadersLookAndAdminsChange() throws Exception {
        String tokens = "ops role=admin env=OPS,look role=reader env=LOOK";
        served(Map.of("console.tokens", tokens), (browser, server) -> {
            Page page = browser.window(360, 740, false);
            page.navigate(server.console() + "/limits");
            assertThat(page).hasTitle("Log in · Reckoner");
            assertEquals(360, page.evaluate("document.documentElement.scrollWidth"));
            logIn(page, "no-token-of-this-console-at-all");
            assertThat(page.getByRole(AriaRole.ALERT)).hasText("That is not a token of this console.");
            logIn(page, READER);
            assertThat(page).hasTitle("Limits · Reckoner");
            browser.drawn(page);
            assertThat(page.locator("main form")).hasCount(0);
            click(page, "Log out");
            assertThat(page).hasTitle("Log in · Reckoner");
            page.navigate(server.console() + "/limits");
            logIn(page, ADMIN);
            browser.drawn(page);
            assertThat(page.locator("main form")).not().hasCount(0);
            List<String> complaints = browser.complaints();
            assertTrue(complaints.stream().allMatch(said -> said.contains("status of 401")), complaints::toString);
        });
    }

    private static void logIn(Page page, String token) {
        Locator field = page.getByLabel("Token");
        field.fill(token);
        field.press("Enter");
    }
}
