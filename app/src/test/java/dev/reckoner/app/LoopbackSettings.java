package dev.reckoner.app;

import dev.reckoner.config.Settings;
import dev.reckoner.config.SettingsLoader;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of a server for a test: on loopback, at ports that the system chooses. */
public final class LoopbackSettings {

    private LoopbackSettings() {}

    /** A server before that upstream, with its ledger in that directory. */
    public static Settings of(URI upstream, Path ledger) {
        return of(upstream, ledger, Map.of());
    }

    /**
     * The same with more settings.
     *
     * @param more as on the command line
     */
    public static Settings of(URI upstream, Path ledger, Map<String, String> more) {
        Map<String, String> flags = new HashMap<>(more);
        flags.put("listen", "127.0.0.1:0");
        flags.put("console.listen", "127.0.0.1:0");
        flags.put("upstream.url", upstream.toString());
        flags.put("ledger.directory", ledger.toString());
        return SettingsLoader.load(null, Map.of(), flags).settings();
    }
}
