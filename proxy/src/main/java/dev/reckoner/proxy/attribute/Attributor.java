package dev.reckoner.proxy.attribute;

import dev.reckoner.config.Settings.AttributionSettings;
import dev.reckoner.config.Settings.Trust;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.KeyHasher;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.proxy.route.RouteMatch;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads off a request who caused it. For each of user, team, project and session the first that answers holds: path
 * prefix, header, body; tags add up. All three are self-declared: on a loopback listener they are believed, elsewhere
 * only where the operator says so ({@code attribution.trust}); where they aren't, the key alone is left.
 *
 * <p>Headers: {@code x-reckoner-user}, {@code -team}, {@code -project}, {@code -session}, {@code -tag} (repeatable, and
 * separated by commas), and Claude Code's own {@code x-claude-code-session-id} where no {@code x-reckoner-session}
 * came. The User-Agent's product becomes the tag {@code client=<product>}.
 *
 * <p>The credential is hashed here and kept nowhere. Stateless, any thread.
 */
public final class Attributor {

    private static final AsciiString OWN = AsciiString.cached("x-reckoner-");
    private static final AsciiString USER = AsciiString.cached("x-reckoner-user");
    private static final AsciiString TEAM = AsciiString.cached("x-reckoner-team");
    private static final AsciiString PROJECT = AsciiString.cached("x-reckoner-project");
    private static final AsciiString SESSION = AsciiString.cached("x-reckoner-session");
    private static final AsciiString TAG = AsciiString.cached("x-reckoner-tag");
    private static final AsciiString CLAUDE_CODE_SESSION = AsciiString.cached("x-claude-code-session-id");

    private final Credentials credentials;
    private final boolean trusted;
    private final Values values;
    private final int tagsMax;

    /**
     * Attributes for one listener.
     *
     * @param loopbackListener whether only processes of this machine can connect
     */
    public Attributor(KeyHasher keys, AttributionSettings settings, boolean loopbackListener) {
        this.credentials = new Credentials(keys);
        this.trusted = settings.trust() == Trust.ALL || (settings.trust() == Trust.AUTO && loopbackListener);
        this.values = new Values(settings.valueCharsMax());
        this.tagsMax = settings.tagsMax();
    }

    /** Whether a header is Reckoner's own and must not go upstream, believed or not. */
    public static boolean own(CharSequence headerName) {
        return AsciiString.regionMatches(headerName, /* ignoreCase= */ true, 0, OWN, 0, OWN.length());
    }

    /** What is known of a request before its body has passed. */
    public Draft draft(RouteMatch match, HttpHeaders headers) {
        KeyRef key = credentials.reference(headers);
        if (!trusted) {
            return new Draft(new Attribution(null, null, null, null, List.of(), key, null), null);
        }
        Attribution known = new Attribution(
                firstOf(match.user(), headers, USER),
                firstOf(match.team(), headers, TEAM),
                firstOf(match.project(), headers, PROJECT),
                firstOf(null, headers, SESSION, CLAUDE_CODE_SESSION),
                tags(headers),
                key,
                null);
        return new Draft(known, values);
    }

    private @Nullable Part firstOf(@Nullable String fromPath, HttpHeaders headers, AsciiString... names) {
        String path = values.clean(fromPath);
        if (path != null) {
            return new Part(path, Source.PATH);
        }
        for (AsciiString name : names) {
            for (String field : headers.getAll(name)) {
                String value = values.ofHeader(field);
                if (value != null) {
                    return new Part(value, Source.HEADER);
                }
            }
        }
        return null;
    }

    /** What was said first is kept where there are too many; the client's product goes last. */
    private List<String> tags(HttpHeaders headers) {
        List<String> tags = new ArrayList<>();
        for (String field : headers.getAll(TAG)) {
            for (String tag : field.split(",", -1)) {
                add(tags, values.ofHeader(tag));
            }
        }
        add(tags, values.clean(Client.tag(headers.get(HttpHeaderNames.USER_AGENT))));
        return tags.stream().sorted().toList();
    }

    private void add(List<String> tags, @Nullable String tag) {
        if (tag != null && tags.size() < tagsMax && !tags.contains(tag)) {
            tags.add(tag);
        }
    }
}
