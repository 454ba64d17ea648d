package dev.reckoner.console.http;

import dev.reckoner.console.access.Caller;

/**
 * What is asked.
 *
 * @param path as it was sent
 * @param accept the value of {@code accept}, "" without one
 * @param betas the value of {@code anthropic-beta}, "" without one
 * @param origin the value of {@code origin}, "" without one; where there is one, it is this console's own
 * @param body of a change that has one, "" for all others
 */
public record Question(
        Caller caller, String path, Params params, String accept, String betas, String origin, String body) {}
