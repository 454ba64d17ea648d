package dev.reckoner.app.command;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say how the answer is written: as a table unless told otherwise. */
public final class FormatOptions {
    @ArgGroup
    private final Choice choice = new Choice();

    /** One of the other forms. */
    static final class Choice {
        @Option(
                names = {"-j", "--json"},
                description = "JSON; amounts are exact decimals in strings.")
        private boolean json;

        @Option(names = "--csv", description = "Comma-separated values with a header line; amounts are exact.")
        private boolean csv;
    }

    /** Writes a report as asked. */
    void write(Report report, Shell shell, Figure.View view) {
        if (json()) {
            new ReportData(report, shell).json();
        } else if (csv()) {
            new ReportData(report, shell).csv();
        } else {
            new ReportTable(report, shell, view).print();
        }
    }

    /** Whether JSON is asked for. */
    public boolean json() {
        return choice.json;
    }

    /** Whether comma-separated values are asked for. */
    public boolean csv() {
        return choice.csv;
    }
}
