package dev.reckoner.ledger;

/** What a line of a charge counts, by the cost report's own names (api-facts §4.2). */
public enum TokenType {
    INPUT("uncached_input_tokens"),
    CACHE_WRITE_5M("cache_creation.ephemeral_5m_input_tokens"),
    CACHE_WRITE_1H("cache_creation.ephemeral_1h_input_tokens"),
    CACHE_READ("cache_read_input_tokens"),
    OUTPUT("output_tokens"),
    WEB_SEARCH("web_search_requests");

    private final String vendorName;

    TokenType(String vendorName) {
        this.vendorName = vendorName;
    }

    /** The name in the vendor's reports. */
    public String vendorName() {
        return vendorName;
    }
}
