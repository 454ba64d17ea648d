package dev.reckoner.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.console.http.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the server stands, as flat JSON: the answer to {@code /reckoner/v1/state}. */
final class StateApi {

    /** Its path below that of the private API. */
    static final String NAME = "state";

    private StateApi() {}

    static Answer answer(ServerState state) {
        return Answer.json(200, json -> {
            json.writeStartObject();
            about(json, state);
            traffic(json, state.traffic());
            json.writeNumberField("journal_bytes", state.journal().bytes());
            json.writeNumberField("journal_frames_waiting", state.journal().framesWaiting());
            json.writeBooleanField("journal_writable", state.journal().writable());
            json.writeNumberField("store_lag_frames", state.lag().frames());
            json.writeNumberField("store_lag_seconds", seconds(state.lag().age()));
            ServerState.Books books = state.books();
            if (books != null) {
                books(json, books);
            }
            json.writeEndObject();
        });
    }

    private static void about(JsonGenerator json, ServerState state) throws IOException {
        ServerState.About about = state.about();
        json.writeStringField("version", about.version());
        instant(json, "at", state.at());
        instant(json, "started_at", about.startedAt());
        json.writeNumberField("uptime_seconds", seconds(Duration.between(about.startedAt(), state.at())));
        json.writeBooleanField("ready", state.ready());
        json.writeStringField("upstream", about.upstream().toString());
        url(json, "proxy", about.proxy());
        url(json, "console", about.console());
    }

    private static void traffic(JsonGenerator json, ServerState.Traffic traffic) throws IOException {
        json.writeNumberField("exchanges_in_flight", traffic.inFlight());
        json.writeNumberField("exchanges_unbooked", traffic.unbooked());
        json.writeNumberField("drains", traffic.drains());
        json.writeNumberField("client_connections", traffic.clientConnections());
        json.writeNumberField("upstream_open", traffic.upstreamOpen());
        json.writeNumberField("upstream_idle", traffic.upstreamIdle());
        json.writeNumberField("upstream_waiting", traffic.upstreamWaiting());
    }

    private static void books(JsonGenerator json, ServerState.Books books) throws IOException {
        instant(json, "books_at", books.at());
        json.writeNumberField("entries_pending", books.entriesPending());
        json.writeNumberField("batches_open", books.batchesOpen());
        json.writeNumberField("batches_uncollected", books.batchesUncollected());
        ServerState.Reconciled last = books.reconciled();
        if (last == null) {
            json.writeNullField("reconciliation");
            return;
        }
        json.writeObjectFieldStart("reconciliation");
        json.writeStringField("id", last.id());
        json.writeStringField("from", last.from().toString());
        json.writeStringField("to", last.to().toString());
        instant(json, "made_at", last.madeAt());
        json.writeBooleanField("matched", last.matched());
        json.writeStringField("ledger_usd", last.ledger().toPlainString());
        json.writeStringField("billed_usd", last.billed().toPlainString());
        json.writeStringField("difference_usd", last.difference().toPlainString());
        json.writeStringField("variance_usd", last.variance().toPlainString());
        BigDecimal coverage = last.coverage();
        json.writeStringField("coverage", coverage == null ? null : coverage.toPlainString());
        json.writeEndObject();
    }

    private static void instant(JsonGenerator json, String name, Instant value) throws IOException {
        json.writeStringField(name, value.toString());
    }

    private static void url(JsonGenerator json, String name, @Nullable URI value) throws IOException {
        json.writeStringField(name, value == null ? null : value.toString());
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3);
    }
}
