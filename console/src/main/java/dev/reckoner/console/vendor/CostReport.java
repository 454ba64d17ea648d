package dev.reckoner.console.vendor;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Reports;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/organizations/cost_report} (api-facts §4.2): amounts as decimal strings in cents, exact. Beyond the
 * vendor's: the groups and filters of {@link Key#OURS}, and in each result {@code estimated} and {@code pending}, numbers
 * of exchanges. What is pending has no amount yet, so an amount beside it is what is known, not what is owed (P5).
 */
public final class CostReport {

    /** Its path. */
    public static final String PATH = "/v1/organizations/cost_report";

    private static final String DESCRIPTION = "description";
    private static final String FAST_MODE_BETA = "fast-mode-2026-02-01";
    private static final List<String> GROUPS = groups();
    private static final List<String> PARAMETERS = parameters();

    private final Reports reports;
    private final Clock clock;

    /** Answers from those books. */
    public CostReport(Reports reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** The page asked for. Blocks. */
    public Answer answer(Question question) {
        Params params = question.params();
        params.expectOnly(PARAMETERS::contains, PARAMETERS);
        Page page = Page.of(params, BucketWidth.dayOnly(params), PATH, clock.instant());
        List<String> groups = Filters.groups(params, GROUPS);
        boolean described = groups.contains(DESCRIPTION);
        boolean speed = question.betas().contains(FAST_MODE_BETA);
        List<Dimension> by = new ArrayList<>();
        for (Key key : Key.COST) {
            Dimension dimension = key.dimension();
            if (dimension != null && groups.contains(key.group())) {
                by.add(dimension);
            }
        }
        int own = by.size();
        if (described) {
            by.addAll(CostLines.PARTS);
            if (speed) {
                by.add(Dimension.SPEED);
            }
        }
        Filters filters = Filters.of(params, Key.OURS);
        return Buckets.answer(page, Buckets.read(reports, page, by, filters), (json, rows) -> {
            for (CostLine line : described ? CostLines.described(rows, own) : CostLines.whole(rows)) {
                result(json, by, line, speed);
            }
        });
    }

    private static void result(JsonGenerator json, List<Dimension> by, CostLine line, boolean speed)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("currency", "USD");
        json.writeStringField("amount", line.cents());
        for (Key key : Key.COST) {
            Buckets.group(json, key, by, line.row());
        }
        json.writeStringField("cost_type", line.costType());
        json.writeStringField(DESCRIPTION, line.description());
        json.writeStringField("token_type", line.tokenType());
        json.writeStringField("model", part(by, line, Dimension.MODEL));
        json.writeStringField("service_tier", part(by, line, Dimension.SERVICE_TIER));
        json.writeStringField("inference_geo", part(by, line, Dimension.INFERENCE_GEO));
        json.writeStringField("context_window", part(by, line, Dimension.CONTEXT_WINDOW));
        if (speed) {
            json.writeStringField("speed", part(by, line, Dimension.SPEED));
        }
        json.writeNumberField("estimated", line.estimated());
        json.writeNumberField("pending", line.pending());
        json.writeEndObject();
    }

    /** A field that only a line of tokens has. */
    private static @Nullable String part(List<Dimension> by, CostLine line, Dimension dimension) {
        int index = by.indexOf(dimension);
        boolean has = index >= 0 && line.tokenType() != null;
        return has ? Buckets.stated(line.row().group().get(index)) : null;
    }

    private static List<String> groups() {
        List<String> names = new ArrayList<>(Key.COST.stream().map(Key::group).toList());
        names.add(DESCRIPTION);
        return List.copyOf(names);
    }

    private static List<String> parameters() {
        List<String> names =
                new ArrayList<>(List.of("starting_at", "ending_at", "bucket_width", "limit", "page", "group_by"));
        Key.OURS.forEach(key -> names.add(key.filter()));
        names.add("beta"); // some clients add ?beta=true to every path
        return List.copyOf(names);
    }
}
