package dev.reckoner.app.command;

import dev.reckoner.ledger.EntryFilter;
import dev.reckoner.ledger.Outcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which entries are meant by what became of them. */
final class EntryOptions {
    @Option(
            names = "--outcome",
            paramLabel = "WORD",
            converter = Converters.OutcomeWord.class,
            description = "Only these, such as failed_downstream_aborted. Repeat it for more.")
    private final List<Outcome> outcomes = new ArrayList<>();

    @Option(names = "--failed", description = "Only those whose response was not whole, or an error.")
    private boolean failed;

    @Option(names = "--pending", description = "Only those without a rate.")
    private boolean pending;

    @Option(names = "--estimated", description = "Only those with estimated tokens.")
    private boolean estimated;

    @Option(
            names = "--least",
            paramLabel = "USD",
            converter = Converters.Usd.class,
            description = "Only those that cost at least so much.")
    private @Nullable BigDecimal least;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Only those with this exchange id, request-id or message id.")
    private @Nullable String id;

    EntryFilter filter() {
        return new EntryFilter(outcomes, failed, pending, estimated, least, id);
    }
}
