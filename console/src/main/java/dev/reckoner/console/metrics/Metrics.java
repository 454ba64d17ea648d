package dev.reckoner.console.metrics;

import dev.reckoner.config.Settings.MetricSettings;
import dev.reckoner.console.ServerState;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.BooksWatch;
import dev.reckoner.ledger.Entry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/**
 * Counts what happens in the books since the start, and answers {@code /metrics} with that and with how the server stands.
 * Names and units are Prometheus' conventions; docs/metrics.md lists them all.
 */
public final class Metrics implements BooksWatch {
    private static final double[] SYNC_SECONDS = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};
    private static final double NANOS = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormatWriter text = PrometheusTextFormatWriter.create();
    private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();
    private final ExchangeMetrics exchanges;
    private final StateMetrics state;
    private final Counter written;
    private final Histogram syncs;
    private final Counter corrections;
    private final Counter corrected;

    /** Nothing is counted yet. */
    public Metrics(MetricSettings settings) {
        exchanges = new ExchangeMetrics(settings, registry);
        state = new StateMetrics(settings.teamsMax());
        written = Counter.builder()
                .name("reckoner_journal_written_bytes_total")
                .help("Bytes that were written to the journal.")
                .withoutExemplars()
                .register(registry);
        Histogram.Builder builder = Histogram.builder()
                .name("reckoner_journal_sync_seconds")
                .help("How long syncs of the journal took.")
                .classicOnly()
                .classicUpperBounds(SYNC_SECONDS);
        builder.withoutExemplars();
        syncs = builder.register(registry);
        corrections = Counter.builder()
                .name("reckoner_corrections_total")
                .help("Entries that took the place of others.")
                .withoutExemplars()
                .register(registry);
        corrected = Counter.builder()
                .name("reckoner_corrected_usd_total")
                .help("USD by which corrections moved the books, up or down.")
                .labelNames("direction")
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void made(Entry entry) {
        exchanges.made(entry);
    }

    @Override
    public void corrected(Entry replaced, Entry by) {
        corrections.inc();
        BigDecimal difference = by.charge().amount().subtract(replaced.charge().amount());
        corrected
                .labelValues(difference.signum() < 0 ? "down" : "up")
                .inc(difference.abs().doubleValue());
    }

    @Override
    public void written(long bytes) {
        written.inc(bytes);
    }

    @Override
    public void synced(long nanos) {
        syncs.observe(nanos / NANOS);
    }

    /** All metrics: in OpenMetrics where the question accepts it, else in Prometheus' own text format. */
    public Answer answer(Question question, ServerState now) {
        ExpositionFormatWriter writer = writer(question.accept());
        return Answer.file(writer.getContentType(), write(writer, now));
    }

    ExpositionFormatWriter writer(String accept) {
        return openMetrics.accepts(accept) ? openMetrics : text;
    }

    byte[] write(ExpositionFormatWriter writer, ServerState now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, snapshots(now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private MetricSnapshots snapshots(ServerState now) {
        Figures figures = new Figures();
        state.add(figures, now);
        ProcessMetrics.add(figures);
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        registry.scrape().forEach(all::metricSnapshot);
        figures.all().forEach(all::metricSnapshot);
        return all.build();
    }
}
