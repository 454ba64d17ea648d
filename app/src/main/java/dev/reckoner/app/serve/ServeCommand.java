package dev.reckoner.app.serve;

import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.SettingsOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Text;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code serve}: runs the proxy and its console until it is asked to stop, then drains. */
@Command(name = "serve", sortOptions = false, description = "Run the proxy and the console.")
public final class ServeCommand implements Callable<Integer> {
    private final Shell shell;
    private final StopSignal stop;

    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Where apps connect; 127.0.0.1:8484.")
    private @Nullable String listen;

    @Option(names = "--console", paramLabel = "HOST:PORT", description = "Where reports are; 127.0.0.1:8485.")
    private @Nullable String console;

    @Option(names = "--upstream", paramLabel = "URL", description = "Where it is forwarded to; the vendor's API.")
    private @Nullable String upstream;

    @Option(names = "--ledger", paramLabel = "DIR", description = "Directory of the books; ~/.reckoner.")
    private @Nullable String ledger;

    public ServeCommand(Shell shell, StopSignal stop) {
        this.shell = shell;
        this.stop = stop;
    }

    @Override
    public Integer call() {
        Settings loaded = settings.load(shell, flags()).settings();
        RateTable rates = RateTables.load(loaded.rating().ratesFiles());
        rates.warnings().forEach(warning -> shell.err().println("reckoner: warning: " + warning));
        RunningServer server = RunningServer.start(loaded, rates, shell.env(), shell.clock());
        banner(server);
        stop.await(server::close);
        return ExitCodes.FINE;
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        put(flags, "listen", listen);
        put(flags, "console.listen", console);
        put(flags, "upstream.url", upstream);
        put(flags, "ledger.directory", ledger);
        return flags;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }

    /** The token that a server made for itself is said here and nowhere else. */
    static List<String> login(ServedAccess access, URI console) {
        if (access.made() == null) {
            return List.of();
        }
        return List.of(
                "  log in   " + console + "/login#" + access.once(),
                "           once, by this link; again, and for programs, by the token",
                "           " + access.made());
    }

    private void banner(RunningServer server) {
        Settings running = server.settings();
        shell.out()
                .println("Reckoner forwards " + server.proxy() + " to "
                        + running.upstream().url());
        shell.out()
                .println("  ledger   "
                        + Text.harmless(running.ledger().directory().toString()));
        shell.out().println("  console  " + server.console());
        login(server.access(), server.console()).forEach(shell.out()::println);
        shell.out().println("  now set  export ANTHROPIC_BASE_URL=" + server.proxy());
        shell.out().flush();
    }
}
