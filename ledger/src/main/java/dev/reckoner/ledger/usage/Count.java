package dev.reckoner.ledger.usage;

/** A count in a usage object, by the vendor's field name (api-facts §1.1). */
enum Count {
    INPUT("input_tokens"),
    OUTPUT("output_tokens"),
    CACHE_CREATION("cache_creation_input_tokens"),
    CACHE_READ("cache_read_input_tokens"),
    EPHEMERAL_5M("ephemeral_5m_input_tokens"),
    EPHEMERAL_1H("ephemeral_1h_input_tokens"),
    THINKING("thinking_tokens"),
    WEB_SEARCH("web_search_requests"),
    WEB_FETCH("web_fetch_requests"),
    CODE_EXECUTION("code_execution_requests");

    private final String field;

    Count(String field) {
        this.field = field;
    }

    /** The vendor's name. */
    String field() {
        return field;
    }
}
