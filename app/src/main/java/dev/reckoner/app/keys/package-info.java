/**
 * The commands about virtual keys. Open {@link dev.reckoner.app.keys.KeysCommand} first.
 */
@NullMarked
package dev.reckoner.app.keys;

import org.jspecify.annotations.NullMarked;
