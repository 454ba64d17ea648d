package dev.reckoner.proxy.attribute;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a JSON object in a header field says about who asks, as clients of several gateways send it: a user, team,
 * project or session by one of their usual names, and every other plain value as a tag.
 */
record Metadata(
        @Nullable String user,
        @Nullable String team,
        @Nullable String project,
        @Nullable String session,
        List<String> tags) {

    private static final Metadata NOTHING = new Metadata(null, null, null, null, List.of());

    /** Longer fields are read no further; gateways allow a few entries. */
    private static final int CHARS_MAX = 8192;

    private static final JsonFactory JSON = new JsonFactory();

    Metadata {
        tags = List.copyOf(tags);
    }

    /** Reads fields; the first that says something holds, tags add up. What is no JSON object says nothing. */
    static Metadata of(List<String> fields, Values values) {
        if (fields.isEmpty()) {
            return NOTHING;
        }
        Reader reader = new Reader(values);
        fields.forEach(reader::read);
        return new Metadata(reader.user, reader.team, reader.project, reader.session, reader.tags);
    }

    private static final class Reader {

        private final Values values;
        private final List<String> tags = new ArrayList<>();
        private @Nullable String user;
        private @Nullable String team;
        private @Nullable String project;
        private @Nullable String session;

        Reader(Values values) {
            this.values = values;
        }

        void read(String field) {
            if (field.length() > CHARS_MAX) {
                return;
            }
            try (JsonParser parser = JSON.createParser(Values.decoded(field))) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return;
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    JsonToken token = parser.nextToken();
                    if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                        take(name, parser.getText());
                    }
                    parser.skipChildren();
                }
            } catch (IOException e) {
                // Half an object: what it said before holds.
            }
        }

        private void take(String name, String text) {
            String value = values.clean(text);
            if (value == null) {
                return;
            }
            switch (name.toLowerCase(Locale.ROOT)) {
                case "_user", "user", "user_id", "userid", "end_user", "end_user_id" -> user = or(user, value);
                case "team", "team_id", "teamid" -> team = or(team, value);
                case "project", "project_id", "projectid" -> project = or(project, value);
                case "session", "session_id", "sessionid" -> session = or(session, value);
                default -> tag(name, value);
            }
        }

        private void tag(String name, String value) {
            String tag = values.clean(name.strip() + "=" + value);
            if (tag != null) {
                tags.add(tag);
            }
        }

        private static String or(@Nullable String earlier, String value) {
            return earlier == null ? value : earlier;
        }
    }
}
