package dev.reckoner.proxy;

import dev.reckoner.ledger.Batches;
import dev.reckoner.ledger.Books;
import dev.reckoner.ledger.ExchangeIds;
import dev.reckoner.ledger.limit.Admission;
import dev.reckoner.proxy.attribute.Identities;
import java.time.Clock;

/** What the proxy needs of the rest of the program. */
public record ProxyParts(
        Books books, Batches batches, ExchangeIds ids, Identities identities, Admission admission, Clock clock) {}
