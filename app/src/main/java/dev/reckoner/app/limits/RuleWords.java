package dev.reckoner.app.limits;

import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.config.LimitRule;
import dev.reckoner.ledger.limit.Limit;
import dev.reckoner.ledger.limit.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the words of a command line say about limits. */
final class RuleWords {
    private RuleWords() {}

    /** The rule that words say. */
    static LimitRule rule(List<String> words, @Nullable CommandSpec spec) {
        String line = String.join(" ", words);
        return LimitRule.parse(line).orElseThrow(() -> {
            String message = "Invalid limit: found \"" + line + "\", expected " + LimitRule.EXPECTED;
            return spec == null
                    ? new IllegalArgumentException(message)
                    : new ParameterException(spec.commandLine(), message);
        });
    }

    /** The limit that words name: by its id, or by the line that says it. */
    static Limit named(List<Standing> standings, List<String> words) {
        String name = String.join(" ", words);
        String line = LimitRule.parse(name).map(LimitRule::toString).orElse(name);
        return standings.stream()
                .map(Standing::limit)
                .filter(limit ->
                        limit.id().equals(name) || limit.rule().toString().equals(line))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("there is no limit \"" + name
                        + "\"; expected an id, or a limit as `reckoner limits list` has it"));
    }
}
