package dev.reckoner.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.config.HostPort;
import dev.reckoner.config.Settings;
import dev.reckoner.ledger.ReportQuery;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A console on fixed books at a fixed time, and how the tests of both vendor reports ask it. */
abstract class VendorReports {

    static final Instant NOW = Instant.parse("2026-11-21T12:34:56Z");

    final FakeReports reports = new FakeReports();
    final ConsoleServer server = ConsoleServer.start(
            new Settings.ConsoleSettings(new HostPort("127.0.0.1", 0)),
            FakeParts.of(reports, new FakeKeys(), new FakeLimits()),
            () -> true,
            Clock.fixed(NOW, ZoneOffset.UTC));

    private final String path;

    VendorReports(String path) {
        this.path = path;
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** The answer, which must be a report. */
    JsonNode report(String query) {
        Wire.Response response = Wire.get(server, path + "?" + query);
        assertEquals(200, response.status(), response.body());
        return response.json();
    }

    /** The message of the refusal, which must be one of the question. */
    String refusal(String query) {
        Wire.Response response = Wire.get(server, path + "?" + query);
        assertEquals(400, response.status(), response.body());
        assertEquals(
                "invalid_request_error",
                response.json().path("error").path("type").asText());
        return response.message();
    }

    ReportQuery asked() throws InterruptedException {
        ReportQuery query = reports.reportsAsked.poll(5, TimeUnit.SECONDS);
        if (query == null) {
            throw new AssertionError("the books were not asked");
        }
        return query;
    }

    static List<String> starts(JsonNode report) {
        List<String> starts = new ArrayList<>();
        report.path("data")
                .forEach(bucket -> starts.add(bucket.path("starting_at").asText()));
        return starts;
    }

    static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        names.sort(null);
        return names;
    }
}
