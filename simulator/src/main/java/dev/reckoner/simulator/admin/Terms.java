package dev.reckoner.simulator.admin;

import org.jspecify.annotations.Nullable;

/**
 * What receipts are counted under, all but the time.
 *
 * @param workspaceId null for the default workspace
 * @param apiKeyId null where no key was used
 * @param accountId the user behind a login without a key, else null
 * @param model null for time that no model is charged for
 * @param geo null for what the model does unless asked
 * @param speed null for standard
 * @param product null for what the tier says
 * @param planted null for ordinary traffic
 */
public record Terms(
        @Nullable String workspaceId,
        @Nullable String apiKeyId,
        @Nullable String accountId,
        @Nullable String model,
        @Nullable String tier,
        PromptSize prompt,
        @Nullable String geo,
        @Nullable String speed,
        @Nullable String product,
        @Nullable Planted planted) {

    static final String STANDARD = "standard";
    static final String BATCH = "batch";
    static final String PRIORITY = "priority";
    static final String FAST = "fast";
    static final String US = "us";
    static final String GLOBAL = "global";
    static final String NOT_AVAILABLE = "not_available";

    /** A model at standard tier and speed, in the default workspace, without a key. */
    public static Terms of(String model) {
        return new Terms(null, null, null, model, STANDARD, PromptSize.UP_TO_100K, null, null, null, null);
    }

    /** Time in a workspace. */
    static Terms ofTime(@Nullable String workspaceId, Planted planted) {
        return new Terms(workspaceId, null, null, null, null, PromptSize.UP_TO_100K, null, null, null, planted);
    }

    /** In a workspace; null for the default one. */
    public Terms workspace(@Nullable String value) {
        return new Terms(value, apiKeyId, accountId, model, tier, prompt, geo, speed, product, planted);
    }

    /** With a key by its id; null for none. */
    public Terms key(@Nullable String value) {
        return new Terms(workspaceId, value, accountId, model, tier, prompt, geo, speed, product, planted);
    }

    /** By a user who is logged in. */
    public Terms account(@Nullable String value) {
        return new Terms(workspaceId, apiKeyId, value, model, tier, prompt, geo, speed, product, planted);
    }

    /** At a service tier: {@code standard}, {@code batch} or {@code priority}. */
    public Terms tier(String value) {
        return new Terms(workspaceId, apiKeyId, accountId, model, value, prompt, geo, speed, product, planted);
    }

    /** With prompts of a size. */
    public Terms prompt(PromptSize value) {
        return new Terms(workspaceId, apiKeyId, accountId, model, tier, value, geo, speed, product, planted);
    }

    /** In a geography: {@code us} or {@code global}. */
    public Terms geo(@Nullable String value) {
        return new Terms(workspaceId, apiKeyId, accountId, model, tier, prompt, value, speed, product, planted);
    }

    /** At a speed: {@code fast} or {@code standard}. */
    public Terms speed(@Nullable String value) {
        return new Terms(workspaceId, apiKeyId, accountId, model, tier, prompt, geo, value, product, planted);
    }

    /** By a product of the vendor. */
    public Terms product(@Nullable String value) {
        return new Terms(workspaceId, apiKeyId, accountId, model, tier, prompt, geo, speed, value, planted);
    }

    Terms planted(Planted value) {
        return new Terms(workspaceId, apiKeyId, accountId, model, tier, prompt, geo, speed, product, value);
    }

    /** With everything said that the reports show. */
    Terms settled(boolean regional) {
        String usualGeo = regional ? GLOBAL : NOT_AVAILABLE;
        String usualProduct = BATCH.equals(tier) ? "message_batches_api" : "messages_api";
        return speed(speed == null ? STANDARD : speed)
                .geo(geo == null ? usualGeo : geo)
                .product(product == null ? usualProduct : product);
    }

    @Nullable
    String contextWindow() {
        return model == null ? null : prompt.contextWindow();
    }
}
