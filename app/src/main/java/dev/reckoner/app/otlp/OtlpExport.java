package dev.reckoner.app.otlp;

import dev.reckoner.config.Settings;
import dev.reckoner.config.Settings.OtlpSettings;
import dev.reckoner.ledger.BooksWatch;
import dev.reckoner.ledger.Entry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends metrics of entries to a collector by OTLP over HTTP. Entries are handed over through a bounded queue, that never
 * blocks, and added up on a thread of its own; the sums are sent at intervals, whole each time, so that an export that
 * fails loses nothing.
 */
public final class OtlpExport implements BooksWatch, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpExport.class);
    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final AttributeKey<String> SERVICE_VERSION = AttributeKey.stringKey("service.version");

    /** Entries that wait to be added up; further ones are left out, and counted. */
    private static final int WAITING_MAX = 8_192;

    private static final long NEWS_WAIT_MILLIS = 100;
    private static final long CLOSE_SECONDS = 5;

    private final BlockingQueue<Entry> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicLong leftOut = new AtomicLong();
    private final SdkMeterProvider provider;
    private final GenAiMetrics metrics;
    private final Thread thread;
    private final OtlpSettings settings;
    private volatile boolean closing;

    // the exporter says each failure on its own logger too, which would be twice; held, for loggers are collected
    private final java.util.logging.Logger doubled = java.util.logging.Logger.getLogger("io.opentelemetry");

    private OtlpExport(Settings settings, OtlpTarget target, Map<String, String> env, String version) {
        this.settings = settings.metrics().otlp();
        doubled.setLevel(Level.OFF);
        OtlpHttpMetricExporterBuilder exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(target.metrics().toString())
                .setTimeout(this.settings.timeout())
                .setConnectTimeout(this.settings.timeout())
                .setRetryPolicy(null);
        target.headers().forEach(exporter::addHeader);
        provider = SdkMeterProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        SERVICE, env.getOrDefault("OTEL_SERVICE_NAME", "reckoner"), SERVICE_VERSION, version)))
                .registerMetricReader(
                        PeriodicMetricReader.builder(new ToldExporter(exporter.build(), target, System::nanoTime, LOG))
                                .setInterval(this.settings.interval())
                                .build())
                .build();
        metrics = new GenAiMetrics(settings.metrics(), settings.upstream().url(), provider.get("dev.reckoner"));
        thread = new Thread(this::run, "otlp-metrics");
        thread.setDaemon(true);
    }

    /**
     * Begins to send, where settings or environment say where to.
     *
     * @param env may hold the variables that OpenTelemetry's exporters know
     */
    public static Optional<OtlpExport> start(Settings settings, Map<String, String> env, String version) {
        return OtlpTarget.of(settings.metrics().otlp(), env).map(target -> {
            OtlpExport export = new OtlpExport(settings, target, env, version);
            export.thread.start();
            LOG.info(
                    "metrics are sent to {} every {} s",
                    target,
                    settings.metrics().otlp().interval().toSeconds());
            return export;
        });
    }

    @Override
    public void made(Entry entry) {
        if (!waiting.offer(entry) && leftOut.getAndIncrement() == 0) {
            LOG.warn("more than {} entries wait to be added up for OTLP; further ones are left out there", WAITING_MAX);
        }
    }

    /** Adds up what waits and sends it now; for tests, which don't wait for the next interval. */
    void flush() {
        while (!waiting.isEmpty()) {
            Thread.onSpinWait();
        }
        provider.forceFlush().join(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Adds up what waits, sends it once more, and ends, within a few seconds whatever the collector does. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long most = Math.min(
                TimeUnit.SECONDS.toMillis(CLOSE_SECONDS), settings.timeout().toMillis());
        provider.shutdown().join(most, TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                Entry entry = waiting.poll(NEWS_WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (entry != null) {
                    record(entry);
                }
            }
        } catch (InterruptedException e) {
            LOG.error("the thread that adds up metrics for OTLP was interrupted and ends", e);
        }
    }

    private void record(Entry entry) {
        try {
            metrics.record(entry);
        } catch (RuntimeException e) {
            LOG.error("exchange {}: its entry could not be added up for OTLP", entry.id(), e);
        }
    }
}
