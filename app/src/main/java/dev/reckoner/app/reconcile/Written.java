package dev.reckoner.app.reconcile;

import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a command was asked to write. */
final class Written {

    private Written() {}

    /** Writes a file and says so. */
    static void file(Shell shell, Path file, String text) {
        write(file, text);
        shell.out().println("Wrote " + Text.harmless(file.toString()) + ".");
    }

    /**
     * Writes a file.
     *
     * @throws UncheckedIOException that says which one can't be written
     */
    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(file + " can't be written: " + e.getMessage(), e));
        }
    }
}
