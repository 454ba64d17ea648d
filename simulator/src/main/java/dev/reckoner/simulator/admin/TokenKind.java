package dev.reckoner.simulator.admin;

import dev.reckoner.simulator.Counts;

/** A class of tokens under its name in the cost report (api-facts §4.2). */
public enum TokenKind {
    INPUT("uncached_input_tokens", "Input Tokens"),
    CACHE_WRITE_5M("cache_creation.ephemeral_5m_input_tokens", "Input Tokens, Cache Write"),
    CACHE_WRITE_1H("cache_creation.ephemeral_1h_input_tokens", "Input Tokens, Cache Write"),
    CACHE_READ("cache_read_input_tokens", "Input Tokens, Cache Hit"),
    OUTPUT("output_tokens", "Output Tokens");

    private final String wireName;
    private final String words;

    TokenKind(String wireName, String words) {
        this.wireName = wireName;
        this.words = words;
    }

    /** The {@code token_type} of the reports. */
    public String wireName() {
        return wireName;
    }

    /** How many tokens of this class there are. */
    public long of(Counts counts) {
        return switch (this) {
            case INPUT -> counts.input();
            case CACHE_WRITE_5M -> counts.cacheWrite5m();
            case CACHE_WRITE_1H -> counts.cacheWrite1h();
            case CACHE_READ -> counts.cacheRead();
            case OUTPUT -> counts.output();
        };
    }

    /** The end of a description in the cost report. */
    String words() {
        return words;
    }
}
