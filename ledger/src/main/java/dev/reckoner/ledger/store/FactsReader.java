package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.ExchangeId;
import dev.reckoner.ledger.Opening;
import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads columns back into equal facts, in the order of {@link FactsWriter#COLUMNS}: the mirror of {@link FactsWriter}. */
final class FactsReader {
    private final RowReader in;

    FactsReader(RowReader in) {
        this.in = in;
    }

    Closing read(ExchangeId id) throws SQLException {
        Instant endedAt = in.instant();
        Instant firstByteAt = in.instantOrNull();
        int status = in.count();
        Outcome outcome = in.word(Outcome.class);
        String detail = in.text();
        String requestId = in.text();
        String organizationId = in.text();
        String workspaceId = in.text();
        long bytesIn = in.longOrZero();
        long bytesOut = in.longOrZero();
        String rateLimits = in.text();
        return new Closing(
                opening(id),
                endedAt,
                firstByteAt,
                status,
                outcome,
                detail,
                requestId,
                organizationId,
                workspaceId,
                bytesIn,
                bytesOut,
                reading(),
                rateLimits);
    }

    private Opening opening(ExchangeId id) throws SQLException {
        Instant startedAt = in.instant();
        Route route = in.word(Route.class);
        String method = in.textOrEmpty();
        String path = in.textOrEmpty();
        BatchItem item = item();
        return new Opening(id, startedAt, route, method, path, AttributionColumns.read(in), asked(), item);
    }

    private @Nullable BatchItem item() throws SQLException {
        String batchId = in.text();
        String customId = in.text();
        return batchId == null || customId == null ? null : new BatchItem(batchId, customId);
    }

    private Asked asked() throws SQLException {
        return new Asked(
                in.text(), in.flag(), in.number(), in.text(), in.text(), in.text(), in.text(), in.text(), in.number());
    }

    private Reading reading() throws SQLException {
        String messageId = in.text();
        String model = in.text();
        boolean usageFinal = in.isTrue();
        String stopReason = in.text();
        Boolean contentEmpty = in.flag();
        String errorType = in.text();
        long outputTextBytes = in.longOrZero();
        List<String> rawUsage = JsonColumns.texts(in.text());
        String fault = in.text();
        boolean seen = in.isTrue();
        Usage usage = usage();
        return new Reading(
                messageId,
                model,
                seen ? usage : null,
                usageFinal,
                stopReason,
                contentEmpty,
                errorType,
                outputTextBytes,
                rawUsage,
                fault);
    }

    private Usage usage() throws SQLException {
        TokenCounts tokens =
                new TokenCounts(in.number(), in.number(), in.number(), in.number(), in.number(), in.number());
        return new Usage(
                tokens,
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.text(),
                in.text(),
                in.text(),
                JsonColumns.iterations(in.text()));
    }
}
