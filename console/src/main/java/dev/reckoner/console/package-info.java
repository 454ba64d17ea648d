/**
 * What people and programs look at: the report API in the vendor's own wire shape, the private API of our command line,
 * and health, on a listener of their own. Open {@link dev.reckoner.console.ConsoleServer} for the wiring and
 * {@link dev.reckoner.console.ReportsClient} for the other end of the private API.
 */
@NullMarked
package dev.reckoner.console;

import org.jspecify.annotations.NullMarked;
