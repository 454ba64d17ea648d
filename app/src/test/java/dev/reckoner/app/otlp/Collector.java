package dev.reckoner.app.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A collector that decodes what it is sent, and answers as it is told to. */
final class Collector implements AutoCloseable {
    private static final long AWAIT_MAX = TimeUnit.SECONDS.toNanos(20);

    final AtomicInteger status = new AtomicInteger(200);
    final CountDownLatch slow = new CountDownLatch(1);
    final List<Map<String, String>> heads = new CopyOnWriteArrayList<>();
    volatile boolean stalling;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ExportMetricsServiceRequest> requests = new CopyOnWriteArrayList<>();

    private Collector(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    static Collector start() throws IOException {
        return new Collector(0);
    }

    /** At the port of one that was closed. */
    static Collector startAgain(int port) throws IOException {
        return new Collector(port);
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> head = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> head.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            head.put("path", exchange.getRequestURI().getPath());
            byte[] body = exchange.getRequestBody().readAllBytes();
            heads.add(head);
            if (stalling) {
                await(slow);
            }
            if (status.get() == 200) {
                requests.add(ExportMetricsServiceRequest.parseFrom(body));
            }
            exchange.sendResponseHeaders(status.get(), -1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The latest value of each series, once there is one of that name. */
    Map<String, Double> await(String series) throws InterruptedException {
        long since = System.nanoTime();
        while (true) {
            Map<String, Double> seen = latest();
            if (seen.containsKey(series)) {
                return seen;
            }
            if (System.nanoTime() - since > AWAIT_MAX) {
                throw new AssertionError(series + " did not come; there are " + seen.keySet());
            }
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }

    /** Name, unit and attributes of each series with its sum; of histograms with {@code #count} too. */
    Map<String, Double> latest() {
        Map<String, Double> series = new LinkedHashMap<>();
        for (ExportMetricsServiceRequest request : requests) {
            request.getResourceMetricsList().stream()
                    .flatMap(resource -> resource.getScopeMetricsList().stream())
                    .flatMap(scope -> scope.getMetricsList().stream())
                    .forEach(metric -> read(metric, series));
        }
        return series;
    }

    /** The attributes of the resource. */
    Map<String, String> resource() {
        Map<String, String> attributes = new TreeMap<>();
        requests.get(0)
                .getResourceMetrics(0)
                .getResource()
                .getAttributesList()
                .forEach(one -> attributes.put(one.getKey(), one.getValue().getStringValue()));
        return attributes;
    }

    private static void read(Metric metric, Map<String, Double> series) {
        String name = metric.getName() + " " + metric.getUnit() + " ";
        metric.getSum()
                .getDataPointsList()
                .forEach(point -> series.put(
                        name + attributes(point.getAttributesList()),
                        point.hasAsInt() ? (double) point.getAsInt() : point.getAsDouble()));
        metric.getHistogram().getDataPointsList().forEach(point -> {
            series.put(name + attributes(point.getAttributesList()), point.getSum());
            series.put(name + attributes(point.getAttributesList()) + "#count", (double) point.getCount());
            series.put(name + "#bounds", (double) point.getExplicitBoundsCount());
        });
    }

    private static String attributes(List<KeyValue> all) {
        List<String> words = new ArrayList<>();
        for (KeyValue one : all) {
            boolean text = one.getValue().hasStringValue();
            words.add(one.getKey() + "="
                    + (text ? one.getValue().getStringValue() : one.getValue().getIntValue()));
        }
        words.sort(String::compareTo);
        return String.join(",", words);
    }

    @Override
    public void close() {
        slow.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
