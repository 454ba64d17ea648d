package dev.reckoner.ledger.rating;

import java.math.BigDecimal;

/**
 * Prices of server tools (api-facts §3.4, from the vendor's pricing page): each web search costs, whatever the batch
 * tier or geography; web fetch costs its tokens only; code execution is billed by container time that no response
 * states.
 */
final class ServerToolPrices {
    /** USD per thousand web searches. */
    static final BigDecimal WEB_SEARCH_PER_THOUSAND = new BigDecimal("10");

    /** Named on the lines it prices, in place of a row's version. */
    static final String VERSION = "web-search-10-per-1000";

    private static final int THOUSAND_PLACES = 3;

    private ServerToolPrices() {}

    static BigDecimal webSearches(long requests) {
        return BigDecimal.valueOf(requests).multiply(WEB_SEARCH_PER_THOUSAND).movePointLeft(THOUSAND_PLACES);
    }
}
