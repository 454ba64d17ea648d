package dev.reckoner.ledger.store;

import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.keys.ClientTrust;
import dev.reckoner.ledger.keys.IssuedKey;
import dev.reckoner.ledger.keys.KeyChange;
import dev.reckoner.ledger.keys.KeyDraft;
import dev.reckoner.ledger.keys.Keys;
import dev.reckoner.ledger.keys.Secrets;
import dev.reckoner.ledger.keys.VirtualKey;
import dev.reckoner.ledger.trail.Actor;
import dev.reckoner.ledger.trail.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code virtual_keys} and {@code virtual_key_changes}. Each change is a transaction of its own, with its
 * audit row, durable when it returns.
 */
public final class StoreKeys implements Keys {
    private static final String COLUMNS =
            "key_id, secret_hash, secret_hint, former_hash, former_hint, former_until, name,"
                    + " user_name, team, project, tags, models, credential, client_trust, created_at, expires_at, revoked_at";

    // whole table
    private static final String SELECT = "select " + COLUMNS + " from virtual_keys order by created_at, key_id";

    // index: primary key
    private static final String SELECT_ONE = "select " + COLUMNS + " from virtual_keys where key_id = ?";

    private static final String INSERT =
            "insert into virtual_keys (" + COLUMNS + ") values (" + COLUMNS.replaceAll("\\w+", "?") + ")";

    // index: primary key
    private static final String REVOKE = "update virtual_keys set revoked_at = ? where key_id = ?";

    // index: primary key
    private static final String ROTATE = "update virtual_keys set former_hash = secret_hash, former_hint = secret_hint,"
            + " former_until = ?, secret_hash = ?, secret_hint = ? where key_id = ?";

    private static final String TAKE = "update sequences set taken = taken + 1 where name = 'virtual_keys'";
    private static final String LAST = "select taken from sequences where name = 'virtual_keys'";
    private static final String NOTE = "insert into virtual_key_changes (change_id, key_id, changed_at, change, detail,"
            + " origin) select taken, ?, ?, ?, ?, ? from sequences where name = 'virtual_keys'";

    // index: virtual_key_changes_key
    private static final String CHANGES = "select key_id, changed_at, change, detail, origin from virtual_key_changes"
            + " where key_id = ? order by change_id";

    private final Store store;
    private final Secrets secrets;
    private final Clock clock;

    /** The keys of a store. */
    public StoreKeys(Store store, Secrets secrets, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The number of the last change; it moves with every one. */
    public long lastChange() {
        return store.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(LAST);
                    ResultSet result = query.executeQuery()) {
                RowReader in = new RowReader(result);
                return in.next() ? in.longOrZero() : 0L;
            }
        });
    }

    @Override
    public IssuedKey create(KeyDraft draft, String origin) {
        String secret = secrets.secret();
        Instant now = now();
        VirtualKey key = new VirtualKey(
                secrets.id(),
                secrets.kept(secret),
                null,
                null,
                draft.name(),
                draft.user(),
                draft.team(),
                draft.project(),
                draft.tags(),
                draft.models(),
                draft.credential(),
                draft.trust(),
                now,
                draft.expiresAt(),
                null);
        change("created", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                write(new RowWriter(insert).row(), key);
                insert.executeUpdate();
            }
            note(connection, new KeyChange(key.id(), now, "created", "secret " + hint(key), origin));
            trail(connection, now, origin, new Change(Change.What.KEY_CREATED, key.id(), "", said(key)));
            return key;
        });
        return new IssuedKey(key, secret);
    }

    @Override
    public List<VirtualKey> list() {
        return store.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(SELECT)) {
                return keys(query);
            }
        });
    }

    @Override
    public VirtualKey revoke(String id, String origin) {
        Instant now = now();
        return change("revoked", connection -> {
            VirtualKey key = known(connection, id);
            if (key.revokedAt() != null) {
                return key;
            }
            try (PreparedStatement update = connection.prepareStatement(REVOKE)) {
                new RowWriter(update).row().instant(now).text(id);
                update.executeUpdate();
            }
            note(connection, new KeyChange(id, now, "revoked", "", origin));
            trail(connection, now, origin, new Change(Change.What.KEY_REVOKED, id, said(key), ""));
            return known(connection, id);
        });
    }

    @Override
    public IssuedKey rotate(String id, Duration grace, String origin) {
        String secret = secrets.secret();
        VirtualKey.Secret kept = secrets.kept(secret);
        Instant now = now();
        Instant until = now.plus(grace);
        VirtualKey rotated = change("rotated", connection -> {
            VirtualKey key = known(connection, id);
            if (key.state(now) != VirtualKey.State.VALID) {
                throw new LedgerException("the key " + id + " was revoked or has expired, so it can't be given another"
                        + " secret: create a new one");
            }
            try (PreparedStatement update = connection.prepareStatement(ROTATE)) {
                new RowWriter(update)
                        .row()
                        .instant(until)
                        .text(kept.hash())
                        .text(kept.hint())
                        .text(id);
                update.executeUpdate();
            }
            String detail = "secret " + kept.hint() + " instead of " + hint(key) + ", which is valid until " + until;
            note(connection, new KeyChange(id, now, "rotated", detail, origin));
            VirtualKey after = known(connection, id);
            trail(connection, now, origin, new Change(Change.What.KEY_ROTATED, id, said(key), said(after)));
            return after;
        });
        return new IssuedKey(rotated, secret);
    }

    @Override
    public List<KeyChange> changes(String id) {
        return store.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(CHANGES)) {
                new RowWriter(query).row().text(id);
                return changes(query);
            }
        });
    }

    /** Stored instants are shown and compared: what the store keeps and what is returned must be equal. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private <T> T change(String what, Store.Query<T> transaction) {
        try {
            T result = store.write(transaction);
            store.sync();
            return result;
        } catch (SQLException e) {
            throw new LedgerException("the key can't be " + what + ": " + e.getMessage(), e);
        }
    }

    private static void note(Connection connection, KeyChange change) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(TAKE);
                PreparedStatement note = connection.prepareStatement(NOTE)) {
            take.executeUpdate();
            new RowWriter(note)
                    .row()
                    .text(change.keyId())
                    .instant(change.at())
                    .text(change.what())
                    .text(change.detail())
                    .text(change.origin());
            note.executeUpdate();
        }
    }

    private static void trail(Connection connection, Instant at, String origin, Change change) throws SQLException {
        TrailTable.insert(connection, at, Actor.parse(origin), change);
    }

    private static String said(VirtualKey key) {
        return "\"" + key.name() + "\", secret " + hint(key);
    }

    private static VirtualKey known(Connection connection, String id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT_ONE)) {
            new RowWriter(query).row().text(id);
            return keys(query).stream()
                    .findFirst()
                    .orElseThrow(() -> new LedgerException(
                            "there is no virtual key " + id + "; expected the id of one: see reckoner keys list"));
        }
    }

    private static String hint(VirtualKey key) {
        return key.secret().hint();
    }

    private static void write(RowWriter out, VirtualKey key) throws SQLException {
        VirtualKey.Secret former = key.former();
        out.text(key.id())
                .text(key.secret().hash())
                .text(key.secret().hint())
                .text(former == null ? null : former.hash())
                .text(former == null ? null : former.hint())
                .instant(key.formerUntil())
                .text(key.name())
                .text(key.user())
                .text(key.team())
                .text(key.project())
                .text(JsonColumns.ofTexts(key.tags()))
                .text(JsonColumns.ofTexts(key.models()))
                .text(key.credential())
                .word(key.trust())
                .instant(key.createdAt())
                .instant(key.expiresAt())
                .instant(key.revokedAt());
    }

    private static List<VirtualKey> keys(PreparedStatement query) throws SQLException {
        List<VirtualKey> keys = new ArrayList<>();
        try (ResultSet result = query.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                keys.add(key(in));
            }
        }
        return keys;
    }

    private static VirtualKey key(RowReader in) throws SQLException {
        return new VirtualKey(
                in.textOrEmpty(),
                new VirtualKey.Secret(in.textOrEmpty(), in.textOrEmpty()),
                former(in.text(), in.text()),
                in.instantOrNull(),
                in.textOrEmpty(),
                in.text(),
                in.text(),
                in.text(),
                JsonColumns.texts(in.text()),
                JsonColumns.texts(in.text()),
                in.textOrEmpty(),
                in.word(ClientTrust.class),
                in.instant(),
                in.instantOrNull(),
                in.instantOrNull());
    }

    private static VirtualKey.@Nullable Secret former(@Nullable String hash, @Nullable String hint) {
        return hash == null || hint == null ? null : new VirtualKey.Secret(hash, hint);
    }

    private static List<KeyChange> changes(PreparedStatement query) throws SQLException {
        List<KeyChange> changes = new ArrayList<>();
        try (ResultSet result = query.executeQuery()) {
            RowReader in = new RowReader(result);
            while (in.next()) {
                String keyId = in.textOrEmpty();
                Instant at = in.instant();
                changes.add(new KeyChange(keyId, at, in.textOrEmpty(), in.textOrEmpty(), in.textOrEmpty()));
            }
        }
        return changes;
    }
}
