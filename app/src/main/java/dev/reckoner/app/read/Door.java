package dev.reckoner.app.read;

import dev.reckoner.config.Settings;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Opens the books for reading. */
@FunctionalInterface
public interface Door {

    /**
     * Opens them.
     *
     * @param console the console to ask, null for the server on the ledger directory, or its files where none runs
     */
    OpenBooks open(Settings settings, @Nullable URI console);
}
