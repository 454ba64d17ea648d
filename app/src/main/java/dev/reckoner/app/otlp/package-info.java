/**
 * Metrics sent to an OpenTelemetry collector, by the GenAI semantic conventions. Open
 * {@link dev.reckoner.app.otlp.OtlpExport}.
 */
@NullMarked
package dev.reckoner.app.otlp;

import org.jspecify.annotations.NullMarked;
