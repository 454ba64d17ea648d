package dev.reckoner.reconcile.statement;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Coverage;
import dev.reckoner.reconcile.Matched;
import dev.reckoner.reconcile.Passed;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.Restated;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a reconciliation back from its JSON, so that one that was kept can be shown again in any form. What {@link
 * ReconciliationJson} writes of it is the same again, byte for byte.
 */
public final class ReconciliationReader {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReconciliationReader() {}

    /** The reconciliation; empty where the text isn't one. */
    public static Optional<Reconciliation> read(String text) {
        try {
            return Optional.of(reconciliation(MAPPER.readTree(text)));
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Reconciliation reconciliation(JsonNode json) {
        List<Variance> variances = new ArrayList<>();
        json.path("variances").forEach(variance -> variances.add(variance(variance)));
        List<String> notes = new ArrayList<>();
        json.path("notes").forEach(note -> notes.add(note.asText()));
        List<Restated> restated = new ArrayList<>();
        json.path("restated").forEach(day -> restated.add(restated(day)));
        Matched result = new Matched(
                amount(json, "ledger_amount"),
                amount(json, "billed_amount"),
                variances,
                coverage(json.path("coverage")),
                json.path("other_instant").asBoolean());
        return new Reconciliation(
                json.path("id").asText(),
                day(json, "from"),
                day(json, "to"),
                Instant.parse(json.path("made_at").asText()),
                amount(json, "tolerance"),
                result,
                notes,
                restated,
                json.path("inputs_sha256").asText());
    }

    private static Coverage coverage(JsonNode json) {
        List<Coverage.Bypass> bypassing = new ArrayList<>();
        for (JsonNode key : json.path("bypassing")) {
            bypassing.add(new Coverage.Bypass(
                    text(key, CoverageJson.KEY),
                    text(key, "name"),
                    key.path("tokens").asLong(),
                    amount(key, "amount"),
                    day(key, "first_day"),
                    key.path("new").asBoolean()));
        }
        return new Coverage(
                passed(json, ""),
                parts(json.path("by_key"), CoverageJson.KEY),
                parts(json.path("by_workspace"), CoverageJson.WORKSPACE),
                parts(json.path("by_model"), CoverageJson.MODEL),
                parts(json.path("by_day"), CoverageJson.DAY),
                bypassing);
    }

    private static List<Passed> parts(JsonNode list, String what) {
        List<Passed> parts = new ArrayList<>();
        list.forEach(part -> parts.add(passed(part, what)));
        return parts;
    }

    private static Passed passed(JsonNode json, String what) {
        return new Passed(
                text(json, what),
                text(json, "name"),
                json.path("passed_tokens").asLong(),
                json.path("billed_tokens").asLong(),
                amount(json, "passed_amount"),
                amount(json, "billed_amount"));
    }

    private static Variance variance(JsonNode json) {
        Cell cell = new Cell(
                LocalDate.parse(json.path("starting_at").asText().replaceAll("T.*", "")),
                text(json, "workspace_id"),
                json.path("cost_type").asText(),
                text(json, "model"),
                text(json, "token_type"),
                text(json, "service_tier"),
                text(json, "context_window"),
                text(json, "inference_geo"),
                text(json, "speed"));
        return new Variance(
                cell,
                text(json, "api_key_id"),
                json.path("ledger_tokens").asLong(),
                json.path("billed_tokens").asLong(),
                amount(json, "ledger_amount"),
                amount(json, "billed_amount"),
                Cause.valueOf(json.path("cause").asText().toUpperCase(Locale.ROOT)),
                json.path("evidence").asText());
    }

    private static Restated restated(JsonNode json) {
        return new Restated(
                day(json, "day"),
                Instant.parse(json.path("since").asText()),
                amount(json, "before"),
                amount(json, "now"));
    }

    private static LocalDate day(JsonNode json, String name) {
        return LocalDate.parse(json.path(name).asText());
    }

    private static BigDecimal amount(JsonNode json, String name) {
        return new BigDecimal(json.path(name).asText());
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isTextual() ? value.textValue() : null;
    }
}
