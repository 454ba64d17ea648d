package dev.reckoner.proxy.tap;

import dev.reckoner.ledger.Outcome;
import dev.reckoner.ledger.Reading;

/**
 * One line of a batch's results (api-facts §2.1).
 *
 * @param customId the client's own id of the request within the batch
 * @param outcome what became of it
 * @param reading what was read of its message, or why it could not be read
 */
public record ResultLine(String customId, Outcome outcome, Reading reading) {}
