package dev.reckoner.app.endtoend;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Metadata;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.ThinkingConfigAdaptive;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.WebSearchTool20250305;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an app does with the vendor's own Java SDK, call after call in a fixed order, and everything that came back: the
 * same list must come from the vendor and from the proxy before it.
 */
final class SdkConversation implements AutoCloseable {
    /** Messages made, the ones that have to stand in the books. */
    static final int MESSAGES = 7;

    private final AnthropicClient client;
    private final List<String> heard = new ArrayList<>();

    private SdkConversation(URI base, String key) {
        client = AnthropicOkHttpClient.builder()
                .apiKey(key)
                .baseUrl(base.toString())
                .maxRetries(0)
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    /** Talks to that base URL and tells what came back. */
    static List<String> with(URI base) throws Exception {
        return with(base, "sk-ant-api03-sdk-conversation");
    }

    /** The same with a key of one's own. */
    static List<String> with(URI base, String key) throws Exception {
        try (SdkConversation conversation = new SdkConversation(base, key)) {
            conversation.blocking();
            conversation.streaming();
            conversation.asynchronous();
            conversation.asynchronousStreaming();
            conversation.withoutMessages();
            return List.copyOf(conversation.heard);
        }
    }

    private void blocking() {
        heard(client.messages().create(question("claude-sonnet-4-5").build()));
        heard(client.messages().create(tools().build()));
        heard(client.messages().create(cached().build()));
    }

    private void streaming() {
        heard(accumulate(cached().build()));
        heard(accumulate(
                tools().thinking(ThinkingConfigAdaptive.builder().build()).build()));
    }

    private void asynchronous() throws Exception {
        heard(client.async()
                .messages()
                .create(question("claude-haiku-5-5").inferenceGeo("us").build())
                .get());
    }

    private void asynchronousStreaming() throws Exception {
        MessageAccumulator accumulator = MessageAccumulator.create();
        MessageCreateParams search = question("claude-opus-5-5")
                .addTool(WebSearchTool20250305.builder().build())
                .build();
        client.async()
                .messages()
                .createStreaming(search)
                .subscribe(accumulator::accumulate)
                .onCompleteFuture()
                .get();
        heard.add(accumulator.message().toString());
    }

    private void withoutMessages() {
        heard.add(client.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model("claude-opus-5-5")
                        .addUserMessage("how long is this?")
                        .build())
                .toString());
        heard.add(client.models().list().data().toString());
        heard.add(refused(question("claude-of-nowhere").build()));
        heard.add(refused(question("claude-opus-5-5")
                .putAdditionalHeader("x-simulator-fault", "status=529")
                .build()));
        heard.add(refused(question("claude-opus-5-5")
                .putAdditionalHeader("x-simulator-fault", "status=429")
                .build()));
    }

    private Message accumulate(MessageCreateParams params) {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    private String refused(MessageCreateParams params) {
        try {
            return "not refused: " + client.messages().create(params);
        } catch (AnthropicServiceException e) {
            return e.statusCode() + " " + e.body() + " " + e.requestId().orElse("") + " "
                    + e.workspaceId().orElse("") + " " + e.headers().values("retry-after");
        }
    }

    private static MessageCreateParams.Builder question(String model) {
        return MessageCreateParams.builder()
                .model(model)
                .maxTokens(200)
                .metadata(Metadata.builder().userId("sdk-user").build())
                .addUserMessage("What is the answer?");
    }

    private static MessageCreateParams.Builder tools() {
        return question("claude-fable-5-2")
                .addTool(Tool.builder()
                        .name("get_weather")
                        .inputSchema(Tool.InputSchema.builder()
                                .properties(Tool.InputSchema.Properties.builder()
                                        .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                                        .build())
                                .build())
                        .build())
                .toolChoice(ToolChoiceAny.builder().build());
    }

    private static MessageCreateParams.Builder cached() {
        return question("claude-opus-5-5")
                .systemOfTextBlockParams(List.of(TextBlockParam.builder()
                        .text("Answer like an accountant. ".repeat(80))
                        .cacheControl(CacheControlEphemeral.builder()
                                .ttl(CacheControlEphemeral.Ttl.TTL_1H)
                                .build())
                        .build()));
    }

    /** Strict, but not for the search: release 3.11.0 refuses every server tool's name. */
    private void heard(Message message) {
        message.validate();
        heard.add(message.toString());
    }

    @Override
    public void close() {
        client.close();
    }
}
