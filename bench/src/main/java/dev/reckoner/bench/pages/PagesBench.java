package dev.reckoner.bench.pages;

import dev.reckoner.bench.pages.Questions.Question;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens a server on a ledger directory and asks it what pages ask, each question for the first time and then again, one at a time.
 * Beside the time that an answer took stands the time that the server's threads had a processor for it: it means
 * something on a busy machine, too.
 */
public final class PagesBench implements AutoCloseable {
    private static final int WARM = 11;
    private static final Duration START_MAX = Duration.ofMinutes(30);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final long END_SECONDS = 60;
    private static final double NANOS_PER_MILLI = 1e6;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process server;
    private final URI api;

    private PagesBench(Path jar, Path directory) throws IOException {
        int port = freePort();
        api = URI.create("http://127.0.0.1:" + port + "/reckoner/v1/");
        String java =
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-jar", jar.toString(), "serve")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "RECKONER_LISTEN",
                        "127.0.0.1:0",
                        "RECKONER_CONSOLE_LISTEN",
                        "127.0.0.1:" + port,
                        "RECKONER_UPSTREAM_URL",
                        "http://127.0.0.1:9",
                        "RECKONER_LEDGER_DIRECTORY",
                        directory.toString()));
        server = builder.start();
    }

    /**
     * Measures.
     *
     * @param args the product's jar, the ledger directory
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        try (PagesBench bench = new PagesBench(Path.of(args[0]), Path.of(args[1]))) {
            bench.awaitStart();
            bench.measure();
        }
    }

    private void awaitStart() throws InterruptedException {
        long start = System.nanoTime();
        boolean answers = false;
        while (!answers) {
            if (!server.isAlive() || System.nanoTime() - start > START_MAX.toNanos()) {
                throw new IllegalStateException("the server doesn't start");
            }
            LockSupport.parkNanos(LOOK.toNanos());
            try {
                ask("lag");
                answers = true;
            } catch (IOException e) {
                answers = false;
            }
        }
        System.out.println(
                String.format(Locale.ROOT, "opened in %.0f ms", (System.nanoTime() - start) / NANOS_PER_MILLI));
    }

    private void measure() throws IOException, InterruptedException {
        Instant last = Instant.parse(field("bookedAt", ask("entries?metered=true&limit=1")));
        String user = "user-007@example.com";
        String since = last.minus(20, ChronoUnit.DAYS).toString();
        String sessions = ask("sessions?where.user=user-007%40example.com&limit=1&from=" + since + "&until=" + last);
        String session = field("session", sessions);
        String entry = ask("entries?metered=true&limit=1&where.session=" + session);
        List<List<Question>> asked = new ArrayList<>();
        for (int i = 0; i <= WARM; i++) {
            Instant end = last.truncatedTo(ChronoUnit.DAYS).minus(i, ChronoUnit.DAYS);
            asked.add(new Questions(end).about(user, session, field("requestId", entry)));
        }
        System.out.println(String.format(
                Locale.ROOT, "%-44s %8s %8s %8s %8s %7s", "question", "first ms", "p50 ms", "max ms", "CPU ms", "KiB"));
        for (int j = 0; j < asked.get(0).size(); j++) {
            int place = j;
            System.out.println(
                    row(asked.stream().map(questions -> questions.get(place)).toList()));
        }
    }

    /** The same question about a day earlier each time: the database answers the very same from what it answered before. */
    private String row(List<Question> asked) {
        List<Double> times = new ArrayList<>();
        int bytes = 0;
        Duration cpu = Duration.ZERO;
        for (int i = 0; i <= WARM; i++) {
            cpu = i == 1 ? cpu() : cpu;
            long start = System.nanoTime();
            bytes = ask(asked.get(i).paths());
            times.add((System.nanoTime() - start) / NANOS_PER_MILLI);
        }
        cpu = cpu().minus(cpu).dividedBy(WARM);
        double[] warm = times.subList(1, times.size()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        Arrays.sort(warm);
        return String.format(
                Locale.ROOT,
                "%-44s %8.0f %8.0f %8.0f %8d %7d",
                asked.get(0).name(),
                times.get(0),
                warm[warm.length / 2],
                warm[warm.length - 1],
                cpu.toMillis(),
                bytes / 1024);
    }

    private Duration cpu() {
        return server.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Asks all at once, as a browser does; returns how long the answers are. */
    private int ask(List<String> paths) {
        List<CompletableFuture<HttpResponse<String>>> asked = paths.stream()
                .map(path -> http.sendAsync(request(path), HttpResponse.BodyHandlers.ofString()))
                .toList();
        int length = 0;
        for (int i = 0; i < asked.size(); i++) {
            length += body(paths.get(i), asked.get(i).join()).length();
        }
        return length;
    }

    private String ask(String path) throws IOException, InterruptedException {
        return body(path, http.send(request(path), HttpResponse.BodyHandlers.ofString()));
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).timeout(ANSWER_MAX).build();
    }

    private static String body(String path, HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + " was answered by " + response.body());
        }
        return response.body();
    }

    private static String field(String name, String json) {
        Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!field.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return field.group(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
