/**
 * The demonstration: simulator, proxy, console and sample traffic in one process, no key needed, and the simulator alone.
 * It ends with a proof that the ledger holds what the simulator served.
 * Open {@link dev.reckoner.app.demo.DemoCommand} first, then {@link dev.reckoner.app.demo.Cast} for who sends what.
 */
@NullMarked
package dev.reckoner.app.demo;

import org.jspecify.annotations.NullMarked;
