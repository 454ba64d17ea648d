package dev.reckoner.simulator.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.simulator.Counts;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A simulator at a fixed time with a client that holds its Admin key. */
final class AdminStage extends Clock implements AutoCloseable {
    static final String KEY = "sk-ant-admin01-test";
    static final Instant DAY = Instant.parse("2026-11-10T00:00:00Z");
    static final String USAGE = UsageReport.PATH + "?starting_at=2026-11-10T00:00:00Z&ending_at=2026-11-11T00:00:00Z";
    static final String COST = CostReport.PATH + "?starting_at=2026-11-10T00:00:00Z&ending_at=2026-11-11T00:00:00Z";
    static final String EACH = "&group_by[]=workspace_id&group_by[]=description";
    static final ObjectMapper JSON = new ObjectMapper();

    final Simulator simulator;
    final Admin admin;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");

    AdminStage() throws IOException {
        simulator = Simulator.start(SimulatorOptions.defaults().adminKey(KEY).clock(this));
        admin = simulator.admin();
    }

    void now(String value) {
        now = Instant.parse(value);
    }

    /** A second of receipts at so many seconds of the day. */
    static Billable at(long second, Terms terms, Counts counts) {
        Instant start = DAY.plusSeconds(second);
        return new Billable(start, start.plusSeconds(1), terms, 1, counts);
    }

    static Counts tokens(long input, long output) {
        return new Counts(input, 0, 0, 0, output, 0);
    }

    JsonNode get(String target, String... headers) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(target, headers);
        if (response.statusCode() != 200) {
            throw new IOException(response.statusCode() + " " + JSON.readTree(response.body()));
        }
        return JSON.readTree(response.body());
    }

    HttpResponse<byte[]> send(String target, String... headers) throws IOException, InterruptedException {
        String escaped = target.replace("[]", "%5B%5D");
        HttpRequest.Builder request = HttpRequest.newBuilder(simulator.url().resolve(escaped))
                .timeout(Duration.ofSeconds(30))
                .header("x-api-key", KEY)
                .header("anthropic-version", "2023-06-01");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Everything of a report that is paged by cursor. */
    List<JsonNode> all(String target, String... headers) throws IOException, InterruptedException {
        List<JsonNode> data = new ArrayList<>();
        String page = "";
        for (int pages = 0; pages < 1000; pages++) {
            JsonNode answer = get(target + page, headers);
            answer.path("data").forEach(data::add);
            if (!answer.path("has_more").booleanValue()) {
                return data;
            }
            page = "&page=" + answer.path("next_page").textValue();
        }
        throw new IOException("no last page");
    }

    /** The sum of a cost report in USD. */
    static BigDecimal usd(List<JsonNode> buckets) {
        BigDecimal cents = BigDecimal.ZERO;
        for (JsonNode bucket : buckets) {
            for (JsonNode result : bucket.path("results")) {
                cents = cents.add(new BigDecimal(result.path("amount").textValue()));
            }
        }
        return cents.movePointLeft(2);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public void close() {
        simulator.close();
    }
}
