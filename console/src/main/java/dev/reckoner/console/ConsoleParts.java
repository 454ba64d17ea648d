package dev.reckoner.console;

import dev.reckoner.config.RateTable;
import dev.reckoner.console.access.Access;
import dev.reckoner.console.metrics.Metrics;
import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Corrections;
import dev.reckoner.ledger.Pulse;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.alert.AlertBook;
import dev.reckoner.ledger.credit.CreditBook;
import dev.reckoner.ledger.insight.Insights;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.limit.Limits;
import dev.reckoner.ledger.trail.TrailBook;
import java.util.function.Supplier;

/**
 * The doors that the console opens to whoever asks; all are used on workers only.
 *
 * @param archive the documents beside the books
 * @param alerts the alerts that were kept
 * @param keys the door to virtual keys
 * @param credits what was said of prepaid credits
 * @param limits the limits that hold
 * @param insights what would have been cheaper
 * @param metrics what was counted since the start
 * @param state how the server stands; never waits for anything
 * @param trail what was changed by whom
 * @param access who may ask
 * @param pulse what moves in the books
 * @param version the product's
 * @param statements what is drawn up from books and bill
 * @param rates the rates that hold whenever it is asked
 */
public record ConsoleParts(
        Reports reports,
        Corrections corrections,
        Archive archive,
        AlertBook alerts,
        Keys keys,
        CreditBook credits,
        Limits limits,
        Insights insights,
        Metrics metrics,
        Supplier<ServerState> state,
        TrailBook trail,
        Access access,
        Supplier<Pulse> pulse,
        String version,
        Statements statements,
        Supplier<RateTable> rates) {}
