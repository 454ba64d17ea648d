package dev.reckoner.bench.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;

/** Makes sure that a target answers with the upstream's own body before it is measured. */
final class Sameness {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final int OK = 200;

    private Sameness() {}

    /**
     * Makes one exchange.
     *
     * @throws LoadException where status or body differ
     */
    static void check(Target target, Scenario scenario) throws InterruptedException {
        InetSocketAddress address = target.address();
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + "/v1/messages?" + scenario.letter());
        HttpRequest request = HttpRequest.newBuilder(uri)
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(scenario.requestBody()))
                .build();
        try {
            HttpResponse<byte[]> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != OK || !Arrays.equals(response.body(), scenario.responseBody())) {
                throw new LoadException(target.name() + " answered " + scenario.title() + " with status "
                        + response.statusCode() + " and " + response.body().length
                        + " bytes, expected the upstream's own 200 and " + scenario.responseBody().length + " bytes");
            }
        } catch (IOException e) {
            throw new LoadException(target.name() + " did not answer " + scenario.title() + ": " + e);
        }
    }
}
