package dev.reckoner.proxy.attribute;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;

/**
 * Which header fields are between the client and us, and so go no further: ours, and those of other gateways that say
 * nothing but who asks (peers' conventions). Claude Code's own fields are the client's to the vendor and pass.
 */
public final class OwnFields {

    private static final List<AsciiString> PREFIXES = List.of(
            AsciiString.cached("x-reckoner-"),
            AsciiString.cached("helicone-property-"),
            AsciiString.cached("helicone-session-"));

    private static final List<AsciiString> NAMES = List.of(
            Credentials.VIRTUAL_KEY,
            SaidFields.LITELLM_USER,
            SaidFields.LITELLM_CUSTOMER,
            SaidFields.LITELLM_TAGS,
            SaidFields.LITELLM_METADATA,
            SaidFields.HELICONE_USER,
            SaidFields.PORTKEY_METADATA,
            SaidFields.PORTKEY_TRACE,
            SaidFields.CLOUDFLARE_METADATA,
            SaidFields.GATEWAY_USER,
            SaidFields.GATEWAY_EMAIL);

    private OwnFields() {}

    /** Whether a field must not go upstream, believed or not. */
    public static boolean holds(CharSequence name) {
        for (AsciiString prefix : PREFIXES) {
            if (AsciiString.regionMatches(name, /* ignoreCase= */ true, 0, prefix, 0, prefix.length())) {
                return true;
            }
        }
        for (AsciiString own : NAMES) {
            if (own.length() == name.length() && own.contentEqualsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any field of these must not go upstream: most requests have none, and then nothing is looked up. */
    static boolean anyIn(HttpHeaders headers) {
        Iterator<Entry<CharSequence, CharSequence>> fields = headers.iteratorCharSequence();
        while (fields.hasNext()) {
            if (holds(fields.next().getKey())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a field carries a credential, which goes no further where ours goes in its place. */
    public static boolean holdsCredential(CharSequence name) {
        return Credentials.API_KEY.contentEqualsIgnoreCase(name)
                || HttpHeaderNames.AUTHORIZATION.contentEqualsIgnoreCase(name);
    }
}
