package dev.reckoner.ledger.rating;

import dev.reckoner.config.RatingRules;
import dev.reckoner.ledger.Asked;
import dev.reckoner.ledger.Iteration;
import dev.reckoner.ledger.Reading;
import dev.reckoner.ledger.TokenCounts;
import dev.reckoner.ledger.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inferences that a response is billed for (api-facts §1.4). With {@code iterations} the bill is their sum, each at
 * its own model, since the top level leaves out compaction, advisors and declined attempts; without, it is the top
 * level.
 *
 * <p>Not charged: an attempt that declined before output, that is one of the message's own without output that a
 * fallback followed; and the last of a refusal without content or without any output (§1.5). A zero output alone is
 * charged: pre-warming the cache looks like that.
 */
final class Attempts {
    static final String REFUSAL_BEFORE_OUTPUT = "refusal_before_output";
    static final String DECLINED_BEFORE_OUTPUT = "declined_before_output";
    static final String REFUSAL_BILLED_BY_SETTING = "refusal_billed_by_setting";
    static final String MODEL_FROM_REQUEST = "model_from_request";

    private static final String MESSAGE = "message";
    private static final String COMPACTION = "compaction";
    private static final String ADVISOR = "advisor_message";
    private static final String FALLBACK = "fallback_message";

    private final Reading reading;
    private final Asked asked;
    private final RatingRules rules;
    private final Findings findings;

    Attempts(Reading reading, Asked asked, RatingRules rules, Findings findings) {
        this.reading = reading;
        this.asked = asked;
        this.rules = rules;
        this.findings = findings;
    }

    /**
     * Lists them.
     *
     * @param topLevel the message's own counts, its output estimated where the end was not seen
     */
    List<Attempt> of(Usage usage, TokenCounts topLevel) {
        if (usage.iterations().isEmpty()) {
            requireStated(topLevel);
            return List.of(new Attempt(
                    0, messageModel(), topLevel, writes(topLevel), true, true, looped(usage), refused(topLevel)));
        }
        List<Attempt> attempts = new ArrayList<>();
        for (int index = 0; index < usage.iterations().size(); index++) {
            attempts.add(attempt(usage.iterations(), index));
        }
        return attempts;
    }

    /** The model of the message: as the response states it, else as requested, which is remarked. */
    @Nullable
    String messageModel() {
        if (reading.model() != null) {
            return reading.model();
        }
        if (asked.model() != null) {
            findings.remark(MODEL_FROM_REQUEST);
            return asked.model();
        }
        findings.pending("model_not_stated");
        return null;
    }

    private Attempt attempt(List<Iteration> iterations, int index) {
        Iteration iteration = iterations.get(index);
        requireStated(iteration.tokens());
        boolean known = executor(iteration)
                || iteration.type().equals(COMPACTION)
                || iteration.type().equals(ADVISOR);
        if (!known) {
            findings.pending("unknown_iteration_type", iteration.type());
        }
        String model = known ? model(iterations, iteration) : iteration.model();
        boolean summed = false;
        return new Attempt(
                index,
                model,
                iteration.tokens(),
                writes(iteration.tokens()),
                known,
                executor(iteration),
                summed,
                waiver(iterations, index));
    }

    private @Nullable String model(List<Iteration> iterations, Iteration iteration) {
        if (iteration.model() != null) {
            return iteration.model();
        }
        return switch (iteration.type()) {
            case COMPACTION -> requestedModel();
            case MESSAGE -> hasFallback(iterations) ? requestedModel() : messageModel();
            case FALLBACK -> messageModel();
            default -> {
                findings.pending("model_not_stated", iteration.type());
                yield null;
            }
        };
    }

    /** The request's model where the facts name it; the message's own where the request could not be read. */
    private @Nullable String requestedModel() {
        return asked.model() != null ? asked.model() : messageModel();
    }

    private @Nullable String waiver(List<Iteration> iterations, int index) {
        Iteration iteration = iterations.get(index);
        if (!executor(iteration)) {
            return null;
        }
        boolean last = iterations.subList(index + 1, iterations.size()).stream().noneMatch(Attempts::executor);
        if (last) {
            return refused(iteration.tokens());
        }
        boolean withoutOutput = CacheWrites.orZero(iteration.tokens().outputTokens()) == 0;
        boolean fallbackFollowed = hasFallback(iterations.subList(index + 1, iterations.size()));
        return withoutOutput && fallbackFollowed ? DECLINED_BEFORE_OUTPUT : null;
    }

    private @Nullable String refused(TokenCounts tokens) {
        if (!"refusal".equals(reading.stopReason())) {
            return null;
        }
        Long output = tokens.outputTokens();
        boolean withoutOutput = reading.usageFinal() && output != null && output == 0;
        if (!withoutOutput) {
            Boolean contentEmpty = reading.contentEmpty();
            if (contentEmpty == null) {
                findings.remark("refusal_content_not_seen");
                return null;
            }
            if (!contentEmpty) {
                return null;
            }
        }
        if (reading.model() != null && rules.refusalsBilled().contains(reading.model())) {
            findings.remark(REFUSAL_BILLED_BY_SETTING);
            return null;
        }
        return REFUSAL_BEFORE_OUTPUT;
    }

    private CacheWrites writes(TokenCounts tokens) {
        return CacheWrites.of(tokens, rules.cacheWritesBeyondSplit());
    }

    private void requireStated(TokenCounts tokens) {
        if (tokens.inputTokens() == null) {
            findings.pending("input_tokens_not_stated");
        }
        if (tokens.outputTokens() == null) {
            findings.pending("output_tokens_not_stated");
        }
    }

    private static boolean executor(Iteration iteration) {
        return iteration.type().equals(MESSAGE) || iteration.type().equals(FALLBACK);
    }

    private static boolean hasFallback(List<Iteration> iterations) {
        return iterations.stream().anyMatch(iteration -> iteration.type().equals(FALLBACK));
    }

    /** Whether server tools ran, each result of which is read in by a further prompt (api-facts §3.3). */
    private static boolean looped(Usage usage) {
        return requests(usage.webSearchRequests())
                || requests(usage.webFetchRequests())
                || requests(usage.codeExecutionRequests());
    }

    private static boolean requests(@Nullable Long count) {
        return CacheWrites.orZero(count) > 0;
    }
}
