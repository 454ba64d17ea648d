package dev.reckoner.config;

import java.util.List;
import java.util.stream.Collectors;

/** The operator's files, environment or flags can't be used; carries every problem that was found, not the first. */
public final class ConfigException extends RuntimeException {

    private final transient List<Problem> problems;

    /** With those problems. */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order in which a reader of the files meets them. */
    public List<Problem> problems() {
        return problems;
    }
}
