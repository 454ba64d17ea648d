/**
 * Alerts on their way to people: kept, posted to one webhook, posted again. Open
 * {@link dev.reckoner.app.alert.AlertDesk} first.
 */
@NullMarked
package dev.reckoner.app.alert;

import org.jspecify.annotations.NullMarked;
