package dev.reckoner.app.keys;

import dev.reckoner.app.output.Csv;
import dev.reckoner.app.output.Json;
import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.VirtualKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Keys for programs, as JSON or CSV. */
final class KeyData {
    private static final List<String> HEADER = List.of(
            "id",
            "hint",
            "name",
            "user",
            "team",
            "project",
            "tags",
            "models",
            "credential",
            "trust",
            "state",
            "created_at",
            "expires_at",
            "revoked_at");

    private KeyData() {}

    static void json(PrintWriter out, List<VirtualKey> keys, Instant now) {
        Json.print(
                out,
                false,
                json -> json.array("keys", array -> {
                    for (VirtualKey key : keys) {
                        array.object(object -> key(object, key, now));
                    }
                }));
    }

    static void json(PrintWriter out, VirtualKey key, List<KeyChange> changes, Instant now) {
        Json.print(out, false, json -> {
            key(json, key, now);
            json.array("changes", array -> {
                for (KeyChange change : changes) {
                    array.object(object -> {
                        object.field("at", change.at());
                        object.field("what", change.what());
                        object.field("detail", change.detail());
                        object.field("origin", change.origin());
                    });
                }
            });
        });
    }

    static void json(PrintWriter out, IssuedKey issued, Instant now) {
        Json.print(out, false, json -> {
            json.field("key", issued.secret());
            key(json, issued.key(), now);
        });
    }

    static void csv(PrintWriter out, List<VirtualKey> keys, Instant now) {
        List<List<String>> records = new ArrayList<>();
        records.add(HEADER);
        keys.forEach(key -> records.add(record(key, now)));
        Csv.write(out, records);
    }

    static void csv(PrintWriter out, IssuedKey issued, Instant now) {
        List<String> header = new ArrayList<>(HEADER);
        header.add("key");
        List<String> record = new ArrayList<>(record(issued.key(), now));
        record.add(issued.secret());
        Csv.write(out, List.of(header, record));
    }

    private static void key(Json json, VirtualKey key, Instant now) throws IOException {
        json.field("id", key.id());
        json.field("hint", key.secret().hint());
        json.field("name", key.name());
        json.field("user", key.user());
        json.field("team", key.team());
        json.field("project", key.project());
        json.array("tags", tags -> {
            for (String tag : key.tags()) {
                tags.item(tag);
            }
        });
        json.array("models", models -> {
            for (String model : key.models()) {
                models.item(model);
            }
        });
        json.field("credential", key.credential());
        json.field("trust", key.trust());
        json.field("state", key.state(now));
        json.field("createdAt", key.createdAt());
        json.field("expiresAt", key.expiresAt());
        json.field("revokedAt", key.revokedAt());
        json.field("formerHint", key.former() == null ? null : key.former().hint());
        json.field("formerUntil", key.formerUntil());
    }

    private static List<String> record(VirtualKey key, Instant now) {
        return List.of(
                key.id(),
                key.secret().hint(),
                Csv.text(key.name()),
                text(key.user()),
                text(key.team()),
                text(key.project()),
                Csv.text(String.join(" ", key.tags())),
                Csv.text(String.join(" ", key.models())),
                Csv.text(key.credential()),
                word(key.trust()),
                word(key.state(now)),
                key.createdAt().toString(),
                instant(key.expiresAt()),
                instant(key.revokedAt()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : Csv.text(value);
    }

    private static String instant(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }
}
