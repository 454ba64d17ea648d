package dev.reckoner.proxy.attribute;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the body's {@code metadata.user_id} says. Claude Code packs three ids into it, in one of two forms (api-facts
 * §5): {@code user_<64 hex>_account_<uuid or empty>_session_<uuid>} or a JSON object as a string. Its user is then
 * {@code account:<uuid>}, which is the same person on every machine, or without a login {@code device:<id>}, which is
 * the same machine. Any other string is the user's own id as an app sent it.
 */
record MetadataUser(@Nullable String user, @Nullable String session) {

    static final MetadataUser NOBODY = new MetadataUser(null, null);

    /** Longer strings are nobody's packed ids. */
    private static final int PACKED_CHARS_MAX = 4096;

    private static final String UUID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";
    private static final Pattern FLAT =
            Pattern.compile("user_([0-9A-Fa-f]{64})_account_(" + UUID + ")?_session_(" + UUID + ")");
    private static final JsonFactory JSON = new JsonFactory();

    static MetadataUser of(String userId) {
        String said = userId.strip();
        if (said.length() > PACKED_CHARS_MAX) {
            return new MetadataUser(said, null);
        }
        Matcher flat = FLAT.matcher(said);
        if (flat.matches()) {
            return new MetadataUser(user(flat.group(1), flat.group(2)), flat.group(3));
        }
        MetadataUser packed = said.startsWith("{") ? unpacked(said) : null;
        return packed != null ? packed : new MetadataUser(said, null);
    }

    /** The ids of the JSON form; null where it is no object with one of them. */
    private static @Nullable MetadataUser unpacked(String json) {
        String device = null;
        String account = null;
        String session = null;
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                parser.skipChildren();
                String text = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                switch (name) {
                    case "device_id" -> device = text;
                    case "account_uuid" -> account = text;
                    case "session_id" -> session = text;
                    default -> {}
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                return null;
            }
        } catch (IOException e) {
            return null;
        }
        String user = user(device, account);
        return user == null && session == null ? null : new MetadataUser(user, session);
    }

    private static @Nullable String user(@Nullable String device, @Nullable String account) {
        if (account != null && !account.isBlank()) {
            return "account:" + account.strip();
        }
        return device == null || device.isBlank() ? null : "device:" + device.strip();
    }
}
