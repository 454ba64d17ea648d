package dev.reckoner.console.http;

/**
 * What is asked: a path as it was sent, its parameters, the values of {@code accept} and {@code anthropic-beta} ("" without
 * one), and the body of a change that has one ("" for all others).
 */
public record Question(String path, Params params, String accept, String betas, String body) {}
