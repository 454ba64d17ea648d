package dev.reckoner.reconcile;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What one unit price holds for on one day: the finest grain of the vendor's cost report (api-facts §4.2). Values are
 * the vendor's own; null where they don't apply or were not stated.
 *
 * @param day UTC day of the bucket
 * @param workspaceId null for the default workspace
 * @param costType {@code tokens}, {@code web_search}, {@code code_execution} or {@code session_usage}
 * @param tokenType the vendor's name of the token class
 */
public record Cell(
        LocalDate day,
        @Nullable String workspaceId,
        String costType,
        @Nullable String model,
        @Nullable String tokenType,
        @Nullable String serviceTier,
        @Nullable String contextWindow,
        @Nullable String inferenceGeo,
        @Nullable String speed) {

    /** Cost type of tokens. */
    public static final String TOKENS = "tokens";

    /** Cost type of web searches. */
    public static final String WEB_SEARCH = "web_search";

    /** Cost type of container time. */
    public static final String CODE_EXECUTION = "code_execution";

    /** Cost type of session time. */
    public static final String SESSION_USAGE = "session_usage";

    /** The cell of tokens of one class. */
    public static Cell ofTokens(LocalDate day, @Nullable String workspaceId, String tokenType, Terms terms) {
        return new Cell(
                day,
                workspaceId,
                TOKENS,
                terms.model(),
                tokenType,
                terms.serviceTier(),
                terms.contextWindow(),
                terms.inferenceGeo(),
                terms.speed());
    }

    /** The cell of what isn't tokens: it has a day and a workspace. */
    public static Cell ofOther(LocalDate day, @Nullable String workspaceId, String costType) {
        return new Cell(day, workspaceId, costType, null, null, null, null, null, null);
    }

    /** Its terms. */
    public Terms terms() {
        return new Terms(model, serviceTier, contextWindow, inferenceGeo, speed);
    }

    /** The same cell for all token classes. */
    public Cell withoutTokenType() {
        return new Cell(day, workspaceId, costType, model, null, serviceTier, contextWindow, inferenceGeo, speed);
    }

    /** The same cell of another day. */
    public Cell on(LocalDate other) {
        return new Cell(
                other, workspaceId, costType, model, tokenType, serviceTier, contextWindow, inferenceGeo, speed);
    }

    /** The same cell in another workspace, null for the default one. */
    public Cell in(@Nullable String other) {
        return new Cell(day, other, costType, model, tokenType, serviceTier, contextWindow, inferenceGeo, speed);
    }

    /**
     * The terms on which tokens were served.
     *
     * @param model the canonical id
     */
    public record Terms(
            @Nullable String model,
            @Nullable String serviceTier,
            @Nullable String contextWindow,
            @Nullable String inferenceGeo,
            @Nullable String speed) {}
}
