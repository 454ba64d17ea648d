package dev.reckoner.app.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A console in a real Chromium, headless. What a page says on its console, what it may not load and what it asks of others
 * is written down; a test expects nothing of it.
 */
final class ConsoleBrowser implements AutoCloseable {
    private static final Pattern DRAWN = Pattern.compile(".+ · Reckoner");
    private static final double PATIENCE_MILLIS = 60_000;
    private static final String WATCH = """
            document.addEventListener('securitypolicyviolation', (event) =>
                console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));
            """;

    private final URI url;
    private final Clock clock;
    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();

    /**
     * Starts the browser.
     *
     * @param url of the console
     * @param clock which its windows show
     */
    ConsoleBrowser(URI url, Clock clock) throws IOException {
        this.url = url;
        this.clock = clock;
        setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Path chromium = chromium();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox", "--force-color-profile=srgb", "--font-render-hinting=none")));
    }

    /** An empty window of that width, with its clock. */
    Page window(int width, int height, boolean dark) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setLocale("en-US")
                .setTimezoneId("UTC")
                .setReducedMotion(ReducedMotion.REDUCE)
                .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
        context.addInitScript(WATCH);
        Page page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.clock().install(new com.microsoft.playwright.Clock.InstallOptions().setTime(clock.millis()));
        page.clock().resume();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(url.toString()) && !request.url().startsWith("blob:")) {
                complaints.add(page.url() + " asked for " + request.url());
            }
        });
        return page;
    }

    /** Opens a page and waits until it is drawn. */
    void open(Page page, String path) {
        page.navigate(url + path);
        drawn(page);
    }

    /** Waits until a page is drawn. */
    void drawn(Page page) {
        assertThat(page).hasTitle(DRAWN);
        page.waitForSelector("main:not([aria-busy]) h1");
    }

    /** Closes every window. */
    void closeWindows() {
        browser.contexts().forEach(BrowserContext::close);
    }

    /** What the browser complained of since it was last asked. */
    List<String> complaints() {
        List<String> all = List.copyOf(complaints);
        complaints.clear();
        return all;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Path chromium() throws IOException {
        for (String directory : System.getenv("PATH").split(":", -1)) {
            Path found = Path.of(directory, "chromium");
            if (Files.isExecutable(found)) {
                return found;
            }
        }
        try (Stream<Path> usual = Stream.of(Path.of("/usr/bin/chromium"))) {
            return usual.filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IOException("found no chromium, expected it on the PATH; install chromium"));
        }
    }
}
