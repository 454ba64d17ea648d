/**
 * The console's pages: files of the jar, sent as they are. What they show they ask of the private API, as the command
 * line does. Open {@link dev.reckoner.console.web.Pages} first, then {@code app.js} among the resources.
 */
@NullMarked
package dev.reckoner.console.web;

import org.jspecify.annotations.NullMarked;
