package dev.reckoner.proxy.attribute;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What the header fields of a request say about who it is from: ours, and the synonyms that clients of other gateways
 * send already. Whether any of it is believed isn't decided here. For each part the first usable field holds, ours
 * before all others; tags add up. Used once, by one thread.
 */
final class SaidFields {

    static final AsciiString LITELLM_USER = AsciiString.cached("x-litellm-end-user-id");
    static final AsciiString LITELLM_CUSTOMER = AsciiString.cached("x-litellm-customer-id");
    static final AsciiString LITELLM_TAGS = AsciiString.cached("x-litellm-tags");
    static final AsciiString LITELLM_METADATA = AsciiString.cached("x-litellm-spend-logs-metadata");
    static final AsciiString HELICONE_USER = AsciiString.cached("helicone-user-id");
    static final AsciiString PORTKEY_METADATA = AsciiString.cached("x-portkey-metadata");
    static final AsciiString PORTKEY_TRACE = AsciiString.cached("x-portkey-trace-id");
    static final AsciiString CLOUDFLARE_METADATA = AsciiString.cached("cf-aig-metadata");
    static final AsciiString GATEWAY_USER = AsciiString.cached("x-claude-gateway-user-id");
    static final AsciiString GATEWAY_EMAIL = AsciiString.cached("x-claude-gateway-user-email");

    private static final AsciiString HELICONE_SESSION = AsciiString.cached("helicone-session-id");
    private static final AsciiString USER = AsciiString.cached("x-reckoner-user");
    private static final AsciiString TEAM = AsciiString.cached("x-reckoner-team");
    private static final AsciiString PROJECT = AsciiString.cached("x-reckoner-project");
    private static final AsciiString SESSION = AsciiString.cached("x-reckoner-session");
    private static final AsciiString TAG = AsciiString.cached("x-reckoner-tag");
    private static final AsciiString CLAUDE_CODE_SESSION = AsciiString.cached("x-claude-code-session-id");
    private static final AsciiString CLAUDE_CODE_AGENT = AsciiString.cached("x-claude-code-agent-id");
    private static final AsciiString CLAUDE_CODE_PARENT = AsciiString.cached("x-claude-code-parent-agent-id");
    private static final AsciiString PROPERTY_PREFIX = AsciiString.cached("helicone-property-");

    private static final List<AsciiString> METADATA = List.of(PORTKEY_METADATA, CLOUDFLARE_METADATA, LITELLM_METADATA);

    private final HttpHeaders headers;
    private final Values values;
    private final int tagsMax;
    private final boolean any;
    private @Nullable Metadata metadata;

    SaidFields(HttpHeaders headers, Values values, int tagsMax) {
        this.headers = headers;
        this.values = values;
        this.tagsMax = tagsMax;
        this.any = OwnFields.anyIn(headers);
    }

    /** The email address before ids: of the three that the Claude apps gateway sends, people know that one. */
    @Nullable
    String user() {
        if (!any) {
            return null;
        }
        String user = first(USER, GATEWAY_EMAIL, LITELLM_USER, LITELLM_CUSTOMER, HELICONE_USER, GATEWAY_USER);
        return user != null ? user : metadata().user();
    }

    @Nullable
    String team() {
        if (!any) {
            return null;
        }
        String team = first(TEAM);
        return team != null ? team : metadata().team();
    }

    @Nullable
    String project() {
        if (!any) {
            return null;
        }
        String project = first(PROJECT);
        return project != null ? project : metadata().project();
    }

    /** The session as a whole: what the agents inside it do counts to it. */
    @Nullable
    String session() {
        if (!any) {
            return first(CLAUDE_CODE_SESSION);
        }
        String session = first(SESSION, CLAUDE_CODE_SESSION, HELICONE_SESSION, PORTKEY_TRACE);
        return session != null ? session : metadata().session();
    }

    /** What was said first is kept where there are too many; agents and the client's product go last. */
    List<String> tags(List<String> before) {
        List<String> tags = new ArrayList<>(before);
        if (any) {
            split(tags, TAG);
            split(tags, LITELLM_TAGS);
            properties(tags);
            metadata().tags().forEach(tag -> add(tags, tag));
        }
        agent(tags, "agent=", CLAUDE_CODE_AGENT);
        agent(tags, "parent_agent=", CLAUDE_CODE_PARENT);
        add(tags, values.clean(Client.tag(headers.get(HttpHeaderNames.USER_AGENT))));
        return tags.stream().sorted().toList();
    }

    private @Nullable String first(AsciiString... names) {
        for (AsciiString name : names) {
            for (String field : headers.getAll(name)) {
                String value = values.ofHeader(field);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    private void split(List<String> tags, AsciiString name) {
        for (String field : headers.getAll(name)) {
            for (String tag : field.split(",", -1)) {
                add(tags, values.ofHeader(tag));
            }
        }
    }

    /** Each {@code Helicone-Property-Name: value} is the tag {@code name=value}; field names have no case of their own. */
    private void properties(List<String> tags) {
        Iterator<Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            Entry<CharSequence, CharSequence> field = fields.next();
            CharSequence name = field.getKey();
            int prefix = PROPERTY_PREFIX.length();
            if (name.length() > prefix && AsciiString.regionMatches(name, true, 0, PROPERTY_PREFIX, 0, prefix)) {
                String property = name.toString().substring(prefix).toLowerCase(Locale.ROOT);
                add(
                        tags,
                        values.ofHeader(
                                property + "=" + field.getValue().toString().strip()));
            }
        }
    }

    private void agent(List<String> tags, String label, AsciiString name) {
        String agent = first(name);
        add(tags, agent == null ? null : values.clean(label + agent));
    }

    private void add(List<String> tags, @Nullable String tag) {
        if (tag != null && tags.size() < tagsMax && !tags.contains(tag)) {
            tags.add(tag);
        }
    }

    private Metadata metadata() {
        Metadata read = metadata;
        if (read == null) {
            List<String> fields = new ArrayList<>(0);
            METADATA.forEach(name -> fields.addAll(headers.getAll(name)));
            read = Metadata.of(fields, values);
            metadata = read;
        }
        return read;
    }
}
