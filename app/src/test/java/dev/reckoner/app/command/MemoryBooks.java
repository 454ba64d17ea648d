package dev.reckoner.app.command;

import dev.reckoner.app.limits.MemoryLimits;
import dev.reckoner.app.read.OpenBooks;
import java.util.List;

/** Books in memory, open for a command. */
final class MemoryBooks {

    private MemoryBooks() {}

    static OpenBooks open(MemoryReports reports) {
        return new OpenBooks(
                reports,
                reports,
                reports,
                reports,
                new MemoryKeys(),
                reports,
                new MemoryLimits(),
                reports.insights(),
                (before, max) -> List.of(),
                "memory",
                () -> {});
    }
}
