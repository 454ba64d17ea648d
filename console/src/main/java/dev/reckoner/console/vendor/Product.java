package dev.reckoner.console.vendor;

/** What of the vendor's an exchange belongs to: those of its products that can pass a proxy of the Messages API. */
enum Product {
    MESSAGES_API("messages_api"),
    MESSAGE_BATCHES_API("message_batches_api"),
    CLAUDE_CODE("claude_code");

    private static final String BATCH = "batch";

    private final String text;

    Product(String text) {
        this.text = text;
    }

    /** The product of what was served at that tier, to Claude Code or to another client. */
    static Product of(String serviceTier, boolean claudeCode) {
        if (serviceTier.equals(BATCH)) {
            return MESSAGE_BATCHES_API;
        }
        return claudeCode ? CLAUDE_CODE : MESSAGES_API;
    }

    String text() {
        return text;
    }
}
