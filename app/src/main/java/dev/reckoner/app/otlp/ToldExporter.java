package dev.reckoner.app.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** An exporter whose failures are said in the log, once a minute at most, and whose recovery is said once. */
final class ToldExporter implements MetricExporter {
    private static final long COMPLAINT_NANOS = Duration.ofMinutes(1).toNanos();

    private final MetricExporter exporter;
    private final OtlpTarget target;
    private final LongSupplier nanos;
    private final Logger log;
    private final AtomicLong complainedAt;
    private volatile boolean failing;

    ToldExporter(MetricExporter exporter, OtlpTarget target, LongSupplier nanos, Logger log) {
        this.exporter = exporter;
        this.target = target;
        this.nanos = nanos;
        this.log = log;
        this.complainedAt = new AtomicLong(nanos.getAsLong() - COMPLAINT_NANOS);
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
        CompletableResultCode result = exporter.export(metrics);
        return result.whenComplete(() -> {
            if (!result.isSuccess()) {
                complain(result.getFailureThrowable());
            } else if (failing) {
                failing = false;
                log.info("metrics reach {} again", target);
            }
        });
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return exporter.getAggregationTemporality(type);
    }

    private void complain(@Nullable Throwable reason) {
        failing = true;
        long now = nanos.getAsLong();
        long before = complainedAt.get();
        if (now - before >= COMPLAINT_NANOS && complainedAt.compareAndSet(before, now)) {
            log.warn(
                    "metrics can't be sent to {}: {}; the next export has all that this one had",
                    target,
                    words(reason));
        }
    }

    /** The innermost cause says most: "Connection refused", "request timed out". */
    private static String words(@Nullable Throwable failure) {
        Throwable innermost = failure;
        while (innermost != null && innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        if (innermost == null || innermost == failure) {
            return "it doesn't take them";
        }
        String message = innermost.getMessage();
        return message == null ? innermost.getClass().getSimpleName() : message;
    }
}
