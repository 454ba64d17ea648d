/**
 * What an operator has to be told without having asked: alerts, raised on any thread, kept until they are delivered. Open
 * {@link dev.reckoner.ledger.alert.Alerts} first.
 */
@NullMarked
package dev.reckoner.ledger.alert;

import org.jspecify.annotations.NullMarked;
