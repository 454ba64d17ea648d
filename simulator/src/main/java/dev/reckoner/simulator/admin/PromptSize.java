package dev.reckoner.simulator.admin;

/** How long the prompts of some receipts were; the reports tell only the last from the others (api-facts §3.3). */
public enum PromptSize {
    UP_TO_100K("0-200k"),
    UP_TO_200K("0-200k"),
    OVER_200K("200k-1M");

    private final String contextWindow;

    PromptSize(String contextWindow) {
        this.contextWindow = contextWindow;
    }

    /** The size of one prompt. */
    public static PromptSize of(long tokens) {
        if (tokens > 200_000) {
            return OVER_200K;
        }
        return tokens > 100_000 ? UP_TO_200K : UP_TO_100K;
    }

    /** The {@code context_window} of the reports. */
    public String contextWindow() {
        return contextWindow;
    }
}
