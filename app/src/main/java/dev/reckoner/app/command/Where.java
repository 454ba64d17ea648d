package dev.reckoner.app.command;

import dev.reckoner.ledger.Dimension;

/** One {@code --where}: a dimension and a value allowed for it, "" for not stated. */
record Where(Dimension dimension, String value) {}
