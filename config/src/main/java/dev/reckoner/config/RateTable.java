package dev.reckoner.config;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The dated rate table: which prices hold for a model, a served speed and an instant. Exact ids and aliases only. */
public interface RateTable {

    /** The server tool that is billed by the request. */
    String WEB_SEARCH = "web_search";

    /** Server tools that usage counts (api-facts §1.1). */
    List<String> SERVER_TOOLS = List.of(WEB_SEARCH, "web_fetch", "code_execution");

    /** What stands between a row's and a discount's version on a line that both priced. */
    String VERSIONS_JOINED_BY = "+";

    /** Every row, in file order. */
    List<Rate> rates();

    /** The canonical id behind an exact id or alias; empty where the table doesn't know it. */
    Optional<String> canonicalModel(String idOrAlias);

    /**
     * The rows that hold for a model (exact id or alias), speed and instant: none, one with tier ALL, or one per prompt
     * tier.
     */
    List<Rate> find(String idOrAlias, Rate.Speed speed, Instant at);

    /** Every discount, in file order. */
    List<Discount> discounts();

    /** The discount on a model (exact id or alias) or server tool: its own, else the one on everything. */
    Optional<Discount> discount(String modelOrTool, Instant at);

    /** Every price of a server tool, in file order. */
    List<ToolPrice> toolPrices();

    /** The price of a server tool at an instant. */
    Optional<ToolPrice> toolPrice(String tool, Instant at);

    /** What looks wrong with the rows although they can be used. */
    List<Problem> warnings();

    /** Short digest of the whole table, shown by {@code explain} and {@code rates}. */
    String version();
}
