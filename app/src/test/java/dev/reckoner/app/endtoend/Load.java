package dev.reckoner.app.endtoend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Several clients that send as fast as they get answers, and remember which responses they saw whole. */
final class Load {
    private static final Duration CALL_MAX = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final LongFunction<String> bodies;
    private final AtomicLong next = new AtomicLong();
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private final AtomicLong broken = new AtomicLong();

    Load(LongFunction<String> bodies) {
        this.bodies = bodies;
    }

    /** Sends until that many requests have been sent in all; returns when every client is done. */
    void send(URI base, int clients, long upTo) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            running.add(threads.submit(() -> client(base, upTo)));
        }
        for (Future<?> client : running) {
            client.get();
        }
        threads.shutdown();
    }

    /** Request-ids of responses that were seen whole. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    /** Requests whose response broke off or never came. */
    long broken() {
        return broken.get();
    }

    private void client(URI base, long upTo) {
        long number = next.incrementAndGet();
        while (number <= upTo) {
            one(base, number);
            number = next.incrementAndGet();
        }
    }

    private void one(URI base, long number) {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/messages"))
                .timeout(CALL_MAX)
                .header("content-type", "application/json")
                .header("anthropic-version", "2023-06-01")
                .header("x-api-key", "sk-ant-api03-load")
                .header("x-reckoner-team", "team-" + number % 3)
                .POST(HttpRequest.BodyPublishers.ofString(bodies.apply(number)))
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            response.headers().firstValue("request-id").ifPresent(seen::add);
        } catch (IOException e) {
            broken.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
