package dev.reckoner.config;

/**
 * One effective setting as {@code config show} prints it.
 *
 * @param key dotted key
 * @param value as it would be written, secrets masked, "" for none
 * @param origin "default", file:line:column, the environment variable, or "command line"
 */
public record Shown(String key, String value, String origin) {}
