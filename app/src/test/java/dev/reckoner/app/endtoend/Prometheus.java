package dev.reckoner.app.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real Prometheus on a free port of loopback, which scrapes one server every second. */
final class Prometheus implements AutoCloseable {
    private static final long AWAIT_MAX = TimeUnit.SECONDS.toNanos(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI url;
    private final Path log;

    private Prometheus(Process process, URI url, Path log) {
        this.process = process;
        this.url = url;
        this.log = log;
    }

    static Prometheus scraping(Path directory, URI console) throws Exception {
        Files.createDirectories(directory);
        Path config = Files.writeString(
                directory.resolve("prometheus.yml"),
                "scrape_configs:\n  - job_name: reckoner\n    scrape_interval: 1s\n    scrape_timeout: 1s\n"
                        + "    static_configs:\n      - targets: ['" + console.getAuthority() + "']\n");
        int port = freePort();
        Path log = directory.resolve("log.txt");
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Prometheus prometheus = new Prometheus(process, URI.create("http://127.0.0.1:" + port), log);
        prometheus.awaitScrapes(1);
        return prometheus;
    }

    /** Asks a question, which must be understood; how many series the answer has. */
    int ask(String question) throws Exception {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(question, StandardCharsets.UTF_8));
        if (!answer.path("status").asText().equals("success")) {
            throw new AssertionError(question + ": " + answer);
        }
        return answer.path("data").path("result").size();
    }

    /** Waits for so many more scrapes. */
    void awaitScrapes(int more) throws Exception {
        long since = System.nanoTime();
        double before = -1;
        int seen = 0;
        while (seen < more) {
            if (System.nanoTime() - since > AWAIT_MAX || !process.isAlive()) {
                throw new AssertionError("no scrape came:\n" + Files.readString(log));
            }
            new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
            double last = lastScrape();
            if (last > before) {
                seen += before < 0 && more > 1 ? 0 : 1;
                before = last;
            }
        }
    }

    /** Runs promtool; what it prints. */
    static String tool(@Nullable Path input, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        Process tool = builder.start();
        String printed = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = tool.waitFor();
        return code == 0 ? printed : printed + "exit code " + code;
    }

    private double lastScrape() throws Exception {
        try {
            JsonNode answer = get("/api/v1/query?query=timestamp(up%20%3D%3D%201)");
            return answer.path("data")
                    .path("result")
                    .path(0)
                    .path("value")
                    .path(1)
                    .asDouble(-1);
        } catch (IOException e) {
            return -1; // it doesn't listen yet
        }
    }

    private JsonNode get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
