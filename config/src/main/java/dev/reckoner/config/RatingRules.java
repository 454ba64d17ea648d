package dev.reckoner.config;

import java.util.List;

/**
 * How the rater reads what the vendor leaves open, one setting for each question (api-facts §8). Where nothing was said,
 * what can't be known is marked as such instead of decided.
 *
 * @param promptTierCounts whose prompt selects between prices by prompt size, where a request had several prompts
 * @param cacheWritesBeyondSplit lifetime of cache writes that the total has and the split by lifetime hasn't
 * @param speedOfAttempts at which speed the attempts of other models ran in an exchange that was served fast
 * @param refusalsBilled exact ids of models whose refusals before any output are billed after all
 * @param codeExecution what becomes of an exchange whose usage counts code executions
 * @param errorAfterOutput whether output that passed before an error inside a stream is billed
 */
public record RatingRules(
        PromptTierCounts promptTierCounts,
        CacheWriteLifetime cacheWritesBeyondSplit,
        SpeedOfAttempts speedOfAttempts,
        List<String> refusalsBilled,
        CodeExecution codeExecution,
        ErrorAfterOutput errorAfterOutput) {

    /** What holds where nothing was said. */
    public static final RatingRules DEFAULTS = new RatingRules(
            PromptTierCounts.UNDECIDED,
            CacheWriteLifetime.FIVE_MINUTES,
            SpeedOfAttempts.UNDECIDED,
            List.of(),
            CodeExecution.REMARK,
            ErrorAfterOutput.BILLED);

    public RatingRules {
        refusalsBilled = List.copyOf(refusalsBilled);
    }

    /** Whose prompt selects between prices by prompt size. */
    public enum PromptTierCounts {
        /** Not known: the lower amount, marked ambiguous. */
        UNDECIDED,
        /** The prompts of the whole request together. */
        REQUEST,
        /** Each iteration's own prompt. */
        ITERATION
    }

    /** How long a cache write lives. */
    public enum CacheWriteLifetime {
        FIVE_MINUTES,
        ONE_HOUR
    }

    /** At which speed an attempt of another model ran. */
    public enum SpeedOfAttempts {
        /** Not known: the lower amount, marked ambiguous. */
        UNDECIDED,
        /** The speed that the message states. */
        MESSAGE,
        /** Standard, whatever the message states. */
        STANDARD
    }

    /** What becomes of an exchange whose usage counts code executions. */
    public enum CodeExecution {
        /** Its tokens are rated, and the charge says that container time isn't in it. */
        REMARK,
        /** It stays pending until the vendor's report settles it. */
        PENDING
    }

    /** Whether output that passed before an error inside a stream is billed. */
    public enum ErrorAfterOutput {
        BILLED,
        NOT_BILLED
    }
}
