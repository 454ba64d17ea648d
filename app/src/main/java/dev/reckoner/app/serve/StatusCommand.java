package dev.reckoner.app.serve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.command.ExitCodes;
import dev.reckoner.app.command.ReadOptions;
import dev.reckoner.app.command.Shell;
import dev.reckoner.app.output.Labels;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.app.output.Text;
import dev.reckoner.app.read.ServerFile;
import dev.reckoner.config.Settings;
import dev.reckoner.console.ReportsClient;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code status}: how the running server stands; fails where none runs or it isn't ready. */
@Command(name = "status", sortOptions = false, description = "How the running server stands now.")
public final class StatusCommand implements Callable<Integer> {
    private static final int PERCENT_PLACES = 2;

    private final Shell shell;

    @Option(
            names = {"-j", "--json"},
            description = "JSON, as at /reckoner/v1/state.")
    private boolean json;

    @Mixin
    private final ReadOptions read = new ReadOptions();

    public StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        JsonNode state = client().state();
        if (json) {
            shell.out().println(state.toPrettyString());
        } else {
            print(state, new Labels(shell.out(), shell.columns()));
        }
        return state.path("ready").asBoolean() ? ExitCodes.FINE : ExitCodes.FAILED;
    }

    private ReportsClient client() {
        Settings settings = read.load(shell);
        URI named = read.console();
        if (named != null) {
            return new ReportsClient(named, settings.console().token());
        }
        Path directory = settings.ledger().directory();
        ServerFile server = ServerFile.read(directory);
        if (server == null || !server.alive()) {
            throw new CommandFailure("no server runs on " + Text.harmless(directory.toString())
                    + "; start one with `reckoner serve`, or name its console with --console URL");
        }
        return new ReportsClient(server.console(), server.token().isEmpty() ? null : server.token());
    }

    private static void print(JsonNode state, Labels labels) {
        labels.say(
                "Server",
                state.path("proxy").asText() + ", console "
                        + state.path("console").asText() + ", version "
                        + state.path("version").asText() + ", up for "
                        + time(state.path("uptime_seconds").decimalValue()));
        labels.say("Upstream", state.path("upstream").asText());
        labels.say(
                "Ready",
                state.path("ready").asBoolean()
                        ? "yes"
                        : "no: "
                                + (state.path("journal_writable").asBoolean()
                                        ? "starting, stopping, or the journal's queue is full"
                                        : "the journal can't be written; the server's log says why"));
        labels.say("Traffic", traffic(state));
        labels.say(
                "Journal",
                count(state, "journal_bytes") + " bytes that the store has not let go of, "
                        + count(state, "journal_frames_waiting") + " frames to write");
        labels.say("Store", behind(state));
        labels.say("Pending", state.has("entries_pending") ? count(state, "entries_pending") + " entries" : "");
        labels.say(
                "Batches",
                state.has("batches_open")
                        ? count(state, "batches_open") + " open, " + count(state, "batches_uncollected")
                                + " ended and not collected"
                        : "");
        labels.say("Bill", bill(state.path("reconciliation")));
    }

    private static String traffic(JsonNode state) {
        return count(state, "exchanges_in_flight") + " in flight, " + count(state, "client_connections")
                + " connections of clients, " + count(state, "upstream_open") + " to the upstream ("
                + count(state, "upstream_idle") + " idle, " + count(state, "upstream_waiting") + " waited for)";
    }

    private static String behind(JsonNode state) {
        return state.path("store_lag_frames").asLong() == 0
                ? "has taken everything"
                : count(state, "store_lag_frames") + " frames behind the journal, for "
                        + time(state.path("store_lag_seconds").decimalValue());
    }

    /** Nothing where nobody has reconciled yet. */
    private static String bill(JsonNode last) {
        if (!last.isObject()) {
            return "";
        }
        String difference =
                Numbers.usd(new BigDecimal(last.path("difference_usd").asText()), 2);
        JsonNode coverage = last.path("coverage");
        return last.path("from").asText() + " to " + last.path("to").asText()
                + (last.path("matched").asBoolean() ? ": matched" : ": not matched, billed minus ledger " + difference)
                + (coverage.isTextual() ? ", " + percent(coverage) + " % of it passed through the proxy" : "") + " ("
                + last.path("id").asText() + ")";
    }

    private static String percent(JsonNode share) {
        BigDecimal percent = new BigDecimal(share.asText()).movePointRight(2);
        return Numbers.exact(percent.setScale(PERCENT_PLACES, RoundingMode.HALF_EVEN));
    }

    private static String count(JsonNode state, String name) {
        return Numbers.count(state.path(name).asLong());
    }

    private static String time(@Nullable BigDecimal seconds) {
        Duration time = Duration.ofSeconds(seconds == null ? 0 : seconds.longValue());
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() > 0
                        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                        : time.toSeconds() + " s";
    }
}
