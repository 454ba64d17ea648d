package dev.reckoner.app.demo;

import java.util.Map;

/**
 * One request of the sample traffic.
 *
 * @param path what stands behind the base URL, with any attribution prefix
 * @param headers beyond those that every request has
 * @param gone whether the client goes away in the middle of the stream
 */
record Call(String path, Map<String, String> headers, String body, boolean gone) {

    Call {
        headers = Map.copyOf(headers);
    }
}
