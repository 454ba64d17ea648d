package dev.reckoner.console.vendor;

/** How exchanges of Claude Code are told from others: by the name that it gives itself (api-facts §5). */
final class ClaudeCode {
    /** The tag of its exchanges: {@code User-Agent: claude-cli/…}. */
    static final String TAG = "client=claude-cli";

    private ClaudeCode() {}
}
