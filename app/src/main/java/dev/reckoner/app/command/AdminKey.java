package dev.reckoner.app.command;

import dev.reckoner.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The Admin key that the vendor's reports are read with: from its file, or from the environment; nowhere else. */
public final class AdminKey {

    private static final String VARIABLE = "ANTHROPIC_ADMIN_KEY";

    private AdminKey() {}

    /**
     * The key.
     *
     * @throws CommandFailure where there is none, which says how to have one
     */
    public static String of(Settings settings, Map<String, String> env) {
        Path file = settings.reconcile().adminKeyFile();
        if (file != null) {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new CommandFailure("the Admin key's file " + file + " can't be read: " + e.getMessage(), e);
            }
        }
        String key = env.getOrDefault(VARIABLE, "").strip();
        if (key.isEmpty()) {
            throw new CommandFailure("no Admin key: set " + VARIABLE + " or reconcile.admin_key_file, or give saved"
                    + " reports with --from-file. Admin keys (sk-ant-admin01-...) are made in the Console under Settings,"
                    + " Admin keys");
        }
        return key;
    }
}
