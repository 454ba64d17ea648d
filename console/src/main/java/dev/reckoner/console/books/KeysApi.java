package dev.reckoner.console.books;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.KeyDraft;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.keys.VirtualKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The server's end of the private API to {@link Keys}: lists by GET, changes by POST. */
public final class KeysApi {

    /** Lists keys, and creates one. */
    public static final String KEYS = "keys";

    /** Revokes a key. */
    public static final String REVOKE = "keys/revoke";

    /** Gives a key another secret. */
    public static final String ROTATE = "keys/rotate";

    /** Lists what was done to a key. */
    public static final String CHANGES = "keys/changes";

    private static final int BODY_BYTES_MAX = 64 << 10;

    private final Keys keys;
    private final ObjectMapper mapper = BooksJson.mapper();

    /** Changes by that door. */
    public KeysApi(Keys keys) {
        this.keys = keys;
    }

    /** The answer with keys. */
    public record All(List<VirtualKey> keys) {}

    /** The answer with changes. */
    public record Changes(List<KeyChange> changes) {}

    /** The body that creates a key. */
    public record Creation(KeyDraft draft, String origin) {}

    /** The body that changes a key; {@code grace} counts for rotating only. */
    public record Change(String id, Duration grace, String origin) {}

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints
                .add(BooksApi.PREFIX + KEYS, Where.REPORTS, asked -> answer(() -> new All(keys.list())))
                .add(BooksApi.PREFIX + CHANGES, Where.REPORTS, asked -> {
                    String id = asked.params().one("id");
                    return answer(() -> new Changes(keys.changes(id == null ? "" : id)));
                })
                .addChange(BooksApi.PREFIX + KEYS, Where.REPORTS, BODY_BYTES_MAX, asked -> {
                    Creation creation = body(asked, Creation.class);
                    return answer(() -> keys.create(creation.draft(), by(asked, creation.origin())));
                })
                .addChange(BooksApi.PREFIX + REVOKE, Where.REPORTS, BODY_BYTES_MAX, asked -> {
                    Change change = body(asked, Change.class);
                    return answer(() -> keys.revoke(change.id(), by(asked, change.origin())));
                })
                .addChange(BooksApi.PREFIX + ROTATE, Where.REPORTS, BODY_BYTES_MAX, asked -> {
                    Change change = body(asked, Change.class);
                    return answer(() -> keys.rotate(change.id(), change.grace(), by(asked, change.origin())));
                });
    }

    private static String by(Question asked, String origin) {
        return asked.caller().actor(origin).toString();
    }

    private <T> T body(Question asked, Class<T> type) {
        try {
            return mapper.readValue(asked.body(), type);
        } catch (JacksonException e) {
            throw Problem.malformed("the body isn't a change of keys: " + e.getOriginalMessage());
        }
    }

    private Answer answer(Supplier<Object> made) {
        try {
            Object value = made.get();
            return Answer.json(200, json -> {
                mapper.writeValue(json, value);
            });
        } catch (LedgerException e) {
            throw Problem.of(409, String.valueOf(e.getMessage()));
        }
    }
}
