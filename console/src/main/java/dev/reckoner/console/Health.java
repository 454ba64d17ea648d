package dev.reckoner.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.console.http.Answer;
import dev.reckoner.ledger.Lag;
import dev.reckoner.ledger.Reports;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the process lives, and whether it can do its work: answers for {@code /healthz} and {@code /readyz}. */
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Reports reports;
    private final BooleanSupplier ready;

    Health(Reports reports, BooleanSupplier ready) {
        this.reports = reports;
        this.ready = ready;
    }

    /** Always the same while there is somebody to say it. */
    Answer alive() {
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeStringField("status", "ok");
            json.writeEndObject();
        });
    }

    /** Ready where exchanges can be booked and the store can be read. Blocks. */
    Answer ready() {
        if (!ready.getAsBoolean()) {
            return notReady("the journal can't be written or its queue is full: new exchanges can't be booked");
        }
        Lag lag;
        try {
            lag = reports.lag();
        } catch (RuntimeException e) {
            LOG.warn("readyz: the store can't be read", e);
            return notReady("the store can't be read; the server's log says why");
        }
        return Answer.json(200, json -> {
            json.writeStartObject();
            json.writeStringField("status", "ready");
            writeLag(json, lag);
            json.writeEndObject();
        });
    }

    private static Answer notReady(String reason) {
        return Answer.json(503, json -> {
            json.writeStartObject();
            json.writeStringField("status", "not_ready");
            json.writeStringField("reason", reason);
            json.writeEndObject();
        });
    }

    private static void writeLag(JsonGenerator json, Lag lag) throws IOException {
        json.writeObjectFieldStart("lag");
        json.writeNumberField("frames", lag.frames());
        json.writeNumberField("age_seconds", BigDecimal.valueOf(lag.age().toMillis(), 3));
        json.writeEndObject();
    }
}
