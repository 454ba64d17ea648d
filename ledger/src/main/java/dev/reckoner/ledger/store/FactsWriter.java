package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.sql.SQLException;
import java.util.List;

/** Writes the facts of an exchange as columns, in the order of {@link #COLUMNS}. */
final class FactsWriter {
    static final String COLUMNS = String.join(
            ", ",
            "ended_at, first_byte_at, status, outcome, outcome_detail, request_id, organization_id, workspace_id",
            "bytes_in, bytes_out, rate_limits",
            "started_at, route, method, path, batch_id, custom_id",
            AttributionColumns.NAMES,
            "asked_model, asked_stream, asked_max_tokens, asked_service_tier, asked_speed, asked_inference_geo",
            "asked_betas, asked_bill_to, asked_text_bytes",
            "message_id, model, usage_final, stop_reason, content_empty, error_type, output_text_bytes, raw_usage",
            "usage_fault, usage_seen",
            "input_tokens, output_tokens, cache_creation_input_tokens, cache_read_input_tokens",
            "ephemeral_5m_input_tokens, ephemeral_1h_input_tokens",
            "thinking_tokens, web_search_requests, web_fetch_requests, code_execution_requests",
            "service_tier, inference_geo, speed, iterations");

    private static final Usage NO_USAGE =
            new Usage(TokenCounts.NONE, null, null, null, null, null, null, null, List.of());

    private final RowWriter out;

    FactsWriter(RowWriter out) {
        this.out = out;
    }

    void write(Closing closing) throws SQLException {
        closing(closing);
        opening(closing.opening());
        reading(closing.reading());
    }

    private void closing(Closing closing) throws SQLException {
        out.instant(closing.endedAt())
                .instant(closing.firstByteAt())
                .count(closing.status())
                .word(closing.outcome())
                .text(closing.outcomeDetail())
                .text(closing.requestId())
                .text(closing.organizationId())
                .text(closing.workspaceId())
                .number(closing.bytesIn())
                .number(closing.bytesOut())
                .text(closing.rateLimits());
    }

    private void opening(Opening opening) throws SQLException {
        out.instant(opening.startedAt())
                .word(opening.route())
                .text(opening.method())
                .text(opening.path());
        BatchItem item = opening.item();
        out.text(item == null ? null : item.batchId()).text(item == null ? null : item.customId());
        AttributionColumns.write(out, opening.attribution());
        Asked asked = opening.asked();
        out.text(asked.model())
                .flag(asked.stream())
                .number(asked.maxTokens())
                .text(asked.serviceTier())
                .text(asked.speed())
                .text(asked.inferenceGeo())
                .text(asked.betas())
                .text(asked.billTo())
                .number(asked.textBytes());
    }

    private void reading(Reading reading) throws SQLException {
        out.text(reading.messageId())
                .text(reading.model())
                .flag(reading.usageFinal())
                .text(reading.stopReason())
                .flag(reading.contentEmpty())
                .text(reading.errorType())
                .number(reading.outputTextBytes())
                .text(JsonColumns.ofTexts(reading.rawUsage()))
                .text(reading.fault())
                .flag(reading.usage() != null);
        usage(reading.usage() == null ? NO_USAGE : reading.usage());
    }

    private void usage(Usage usage) throws SQLException {
        TokenCounts tokens = usage.tokens();
        out.number(tokens.inputTokens())
                .number(tokens.outputTokens())
                .number(tokens.cacheCreationInputTokens())
                .number(tokens.cacheReadInputTokens())
                .number(tokens.ephemeral5mInputTokens())
                .number(tokens.ephemeral1hInputTokens())
                .number(usage.thinkingTokens())
                .number(usage.webSearchRequests())
                .number(usage.webFetchRequests())
                .number(usage.codeExecutionRequests())
                .text(usage.serviceTier())
                .text(usage.inferenceGeo())
                .text(usage.speed())
                .text(JsonColumns.ofIterations(usage.iterations()));
    }
}
