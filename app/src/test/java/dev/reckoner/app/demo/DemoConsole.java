package dev.reckoner.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;
import dev.reckoner.app.Main;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.simulator.admin.Admin;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The demo with its console in a browser. */
final class DemoConsole implements AutoCloseable {
    private static final Demo.Pace AT_ONCE = new Demo.Pace(Duration.ZERO, Duration.ZERO);
    /** The afternoon on which it always starts: pictures stay the same, and no test sees a midnight. */
    static final Instant START = Instant.parse("2026-11-20T15:30:00Z");

    static final LocalDate DAY = LocalDate.ofInstant(START, ZoneOffset.UTC);

    private static final int VARIANCE = 3;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final Demo demo;
    private final Clock clock;
    private final ConsoleBrowser browser;

    private DemoConsole(Path directory, Demo demo, Clock clock, ConsoleBrowser browser) {
        this.directory = directory;
        this.demo = demo;
        this.clock = clock;
        this.browser = browser;
    }

    /**
     * Starts both.
     *
     * @param days of traffic, today included; 0 for books that are empty
     */
    static DemoConsole start(Path directory, int days) throws IOException, InterruptedException {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(Clock.systemUTC()), START));
        Demo demo = Demo.start(directory, 1, AT_ONCE, clock, Duration.ofDays(days));
        demo.past(PastDay.before(DAY, Math.max(0, days - 1)), () -> false);
        if (days > 0) {
            new Traffic(demo.proxyUrl(), () -> false).send(Cast.calls(2), count -> {});
            demo.settle();
            StringWriter said = new StringWriter();
            DemoBill bill = new DemoBill(
                    new Shell(new PrintWriter(said), new PrintWriter(said), Map.of(), clock, false, 80),
                    demo.simulator());
            bill.plant();
            bill.reconcile(demo.books(), days);
        }
        return new DemoConsole(directory, demo, clock, new ConsoleBrowser(demo.consoleUrl(), clock));
    }

    URI url() {
        return demo.consoleUrl();
    }

    URI proxyUrl() {
        return demo.proxyUrl();
    }

    /** What the vendor will bill. */
    Admin bill() {
        return demo.simulator().admin();
    }

    OpenBooks books() {
        return demo.books();
    }

    /** What the console's private API answers. */
    JsonNode get(String question) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(url().resolve("/reckoner/v1/" + question))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), () -> question + " was answered by " + response.body());
        return MAPPER.readTree(response.body());
    }

    /** What a command that reads the books prints as JSON. */
    JsonNode command(String... words) throws IOException {
        return MAPPER.readTree(say(words));
    }

    /** What it prints as text. */
    String say(String... words) {
        List<String> asked = new ArrayList<>(List.of(words));
        asked.addAll(List.of("--console", url().toString()));
        return run(asked.toArray(new String[0]));
    }

    /** What any command prints; it must exit with 0, or with 3 as one that found a variance. */
    String run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Map<String, String> env = new HashMap<>(DemoBill.ADMIN);
        env.put("HOME", directory.toString());
        env.put("RECKONER_RECONCILE_ADMIN_URL", demo.simulator().url().toString());
        Shell shell = new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, clock, false, 80);
        int code = Main.commands(shell, clock, closing -> {}).execute(words);
        assertTrue(code == 0 || code == VARIANCE, () -> List.of(words) + " exited with " + code + "\n" + err + out);
        return out.toString();
    }

    /** Sends calls through the proxy and waits until they are in the store. */
    void send(List<Call> calls) throws IOException, InterruptedException {
        new Traffic(demo.proxyUrl(), () -> false).send(calls, count -> {});
        demo.settle();
    }

    /** An empty window of that width, with the clock of the demo. */
    Page window(int width, int height, boolean dark) {
        return browser.window(width, height, dark);
    }

    /** Opens a page and waits until it is drawn. */
    void open(Page page, String path) {
        browser.open(page, path);
    }

    /** Waits until a page is drawn. */
    void drawn(Page page) {
        browser.drawn(page);
    }

    /** Closes every window. */
    void closeWindows() {
        browser.closeWindows();
    }

    /** What the browser complained of since it was last asked. */
    List<String> complaints() {
        return browser.complaints();
    }

    @Override
    public void close() {
        browser.close();
        demo.close();
    }
}
