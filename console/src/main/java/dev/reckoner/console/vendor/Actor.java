package dev.reckoner.console.vendor;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Who caused something, in the vendor's words: the user where one is stated, else the key (api-facts §4.3).
 *
 * @param type {@link #USER} or {@link #KEY}
 * @param id a user as reports name them, or a key's hint
 */
record Actor(String type, String id) {
    static final String USER = "user_actor";
    static final String KEY = "api_actor";

    static Actor ofUser(String user) {
        return new Actor(USER, user);
    }

    /** The actor of what a user and a key stand for; null where neither is stated. */
    static @Nullable Actor of(String user, String key) {
        if (!user.isEmpty()) {
            return ofUser(user);
        }
        return key.isEmpty() ? null : new Actor(KEY, key);
    }

    /** What {@link #joined} wrote. */
    static Actor parse(String joined) {
        int colon = joined.indexOf(':');
        return new Actor(joined.substring(0, colon), joined.substring(colon + 1));
    }

    /** Type and id in one text. */
    String joined() {
        return type + ":" + id;
    }

    /** An e-mail address, where the user goes by one. */
    static @Nullable String email(String user) {
        return user.contains("@") ? user : null;
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        if (type.equals(USER)) {
            json.writeStringField("user_id", id);
            json.writeStringField("name", id);
            json.writeStringField("email_address", email(id));
            json.writeBooleanField("deleted", false);
        } else {
            json.writeStringField("api_key_id", id);
        }
        json.writeEndObject();
    }
}
