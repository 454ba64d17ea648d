package dev.reckoner.app.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.command.Shell;
import dev.reckoner.reconcile.Reconciliation;
import dev.reckoner.reconcile.statement.ReconciliationHtml;
import dev.reckoner.reconcile.statement.ReconciliationJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say how a reconciliation is written: as a table unless told otherwise. */
final class ResultOptions {

    @Option(names = "--format", paramLabel = "FORM", description = "table, json, csv or html. Default: table.")
    private Form form = Form.table;

    @Option(
            names = {"-j", "--json"},
            description = "The same as --format json.")
    private boolean json;

    @Option(names = "--output", paramLabel = "FILE", description = "Write there instead of to the terminal.")
    private @Nullable Path output;

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec command;

    /** The forms; spelled as on the command line. */
    enum Form {
        table,
        json,
        csv,
        html
    }

    private Form form() {
        return json ? Form.json : form;
    }

    /** Refuses options that don't go together, before anything is asked for. */
    void check() {
        if (output != null && form() == Form.table && command != null) {
            throw new ParameterException(
                    command.commandLine(), "found --output with --format table, expected json, csv or html for a file");
        }
    }

    /** Writes it. */
    void write(Shell shell, Reconciliation result) {
        String text = text(result);
        if (text.isEmpty()) {
            new ReconcileText(shell).print(result);
        } else if (output == null) {
            shell.out().print(text);
            shell.out().flush();
        } else {
            Written.file(shell, output, text);
        }
    }

    /** The result as a file; empty where it is a table. */
    private String text(Reconciliation result) {
        return switch (form()) {
            case table -> "";
            case json -> pretty(result) + "\n";
            case csv -> ReconcileCsv.of(result);
            case html -> ReconciliationHtml.of(result);
        };
    }

    private static String pretty(Reconciliation result) {
        try {
            return new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(ReconciliationJson.of(result));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
