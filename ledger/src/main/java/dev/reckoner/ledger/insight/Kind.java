package dev.reckoner.ledger.insight;

import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.insight.Insight.Basis;
import dev.reckoner.ledger.insight.Insight.Certainty;
import java.util.List;

/** The ways in which money can be kept that the books can see. */
public enum Kind {
    CACHE_LOSES(
            Certainty.CERTAIN,
            Basis.SUMS,
            "Caches that cost more than they save",
            "Writing to the cache costs more than plain input and reading less; these apps read too little of what they"
                    + " write. Without cache_control the same tokens are plain input."),
    CACHE_1H(
            Certainty.CERTAIN,
            Basis.EXCHANGES,
            "Cache writes for 1 hour where 5 minutes would do",
            "Each next exchange of the session came within 5 minutes, and each read renews a 5-minute cache; or none"
                    + " came within the hour. Sessions that may still go on are left out."),
    FAST_MODE(Certainty.CERTAIN, Basis.SUMS, "Fast mode", "The same models at standard speed: the same tokens, later."),
    UNREAD(
            Certainty.ASSUMED,
            Basis.EXCHANGES,
            "Paid for answers that nobody read",
            "The client went away before the end. What had been generated is billed; it may have been read as far as it"
                    + " came."),
    FAILED(
            Certainty.ASSUMED,
            Basis.EXCHANGES,
            "Paid for answers that failed",
            "The response broke off after the vendor had begun to bill; apps usually ask again and pay twice."),
    BATCH(
            Certainty.ASSUMED,
            Basis.EXCHANGES,
            "Not streamed, so it could be a batch",
            "Nobody watches a response that isn't streamed: if its app can wait up to 24 hours, the Message Batches API"
                    + " serves the same request at the batch rates."),
    BATCH_AT_NIGHT(
            Certainty.ASSUMED,
            Basis.EXCHANGES,
            "Streamed between 00:00 and 06:00 UTC",
            "If these are jobs by night rather than people in another time zone, the Message Batches API serves the same"
                    + " requests at the batch rates."),
    LONG_OUTPUTS(
            Certainty.HYPOTHETICAL,
            Basis.EXCHANGES,
            "The longest 1 % of outputs",
            "Arithmetic only: what their output would have cost had it ended where the next longest one did. The answers"
                    + " would have been cut off there."),
    MODEL_MIX(
            Certainty.HYPOTHETICAL,
            Basis.SUMS,
            "The next cheaper model",
            "Arithmetic only: the same tokens at the rates of the next cheaper model of that time. Its answers are others,"
                    + " and a newer tokenizer may count the same text as more tokens.");

    private final Certainty certainty;
    private final Basis basis;
    private final String title;
    private final String assumption;

    Kind(Certainty certainty, Basis basis, String title, String assumption) {
        this.certainty = certainty;
        this.basis = basis;
        this.title = title;
        this.assumption = assumption;
    }

    Certainty certainty() {
        return certainty;
    }

    Basis basis() {
        return basis;
    }

    String title() {
        return title;
    }

    String assumption() {
        return assumption;
    }

    /** What tells its owners apart. */
    List<Dimension> owners() {
        return switch (this) {
            case CACHE_LOSES -> CacheQuery.APP;
            case CACHE_1H -> List.of(Dimension.PROJECT, Dimension.USER);
            case FAST_MODE, MODEL_MIX -> List.of(Dimension.USER, Dimension.MODEL);
            case UNREAD, FAILED -> List.of(Dimension.USER);
            case BATCH, BATCH_AT_NIGHT -> List.of(Dimension.PROJECT, Dimension.KEY);
            case LONG_OUTPUTS -> List.of(Dimension.PROJECT, Dimension.MODEL);
        };
    }
}
