package dev.reckoner.console.http;

/**
 * What is asked: a path as it was sent, its parameters, and the value of {@code anthropic-beta} ("" without one).
 */
public record Question(String path, Params params, String betas) {}
