package dev.reckoner.ledger.limit;

import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Route;
import java.time.Instant;

/**
 * What is known of an exchange when it asks to be admitted.
 *
 * @param route {@link Route#MESSAGES}, whose body has been read, or {@link Route#BATCHES}, of which only who asks is known
 * @param asked what the request's body says
 * @param bodyBytes bytes of the request's body as they came
 */
public record Ask(Route route, Attribution attribution, Asked asked, long bodyBytes, Instant at) {}
