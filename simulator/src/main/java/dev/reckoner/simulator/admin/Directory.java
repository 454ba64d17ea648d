package dev.reckoner.simulator.admin;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The organization's keys, workspaces and users, in the order in which they came. Thread-safe. */
final class Directory {
    private static final int ENTRIES_MAX = 100_000;
    private static final int ID_LENGTH = 22;
    private static final int HINT_HEAD = 16;
    private static final int HINT_TAIL = 4;

    /**
     * A key as it is listed.
     *
     * @param hint null for a secret that is too short to show a part of
     * @param workspaceId null for the default workspace
     */
    record ApiKey(
            String id,
            String name,
            @Nullable String hint,
            @Nullable String workspaceId,
            Instant createdAt,
            String status) {}

    /** A workspace other than the default one. */
    record Workspace(String id, String name, Instant createdAt, boolean archived) {}

    /** A member of the organization. */
    record User(String id, String email, String name, Instant addedAt) {}

    /** A rate limit that a workspace has of its own. */
    record OwnLimit(String workspaceId, String model, String type, long value) {}

    private final Clock clock;
    private final Map<String, ApiKey> keysBySecret = new LinkedHashMap<>();
    private final Map<String, Workspace> workspaces = new LinkedHashMap<>();
    private final Map<String, User> users = new LinkedHashMap<>();
    private final List<OwnLimit> ownLimits = new ArrayList<>();

    Directory(Clock clock) {
        this.clock = clock;
    }

    /** Lists a key, or gives one that is listed its name and workspace. */
    synchronized ApiKey key(String name, String secret, @Nullable String workspaceId) {
        ApiKey key = new ApiKey(id("apikey_01", secret), name, hint(secret), workspaceId, clock.instant(), "active");
        room(keysBySecret);
        keysBySecret.put(secret, key);
        return key;
    }

    /** The key with this secret; a secret that is new is listed. */
    synchronized ApiKey key(String secret) {
        ApiKey known = keysBySecret.get(secret);
        return known == null ? key("key " + (keysBySecret.size() + 1), secret, null) : known;
    }

    /** The workspace of the key with this secret; null for the default one, as for a secret that isn't listed. */
    synchronized @Nullable String workspaceOf(String secret) {
        ApiKey known = keysBySecret.get(secret);
        return known == null ? null : known.workspaceId();
    }

    /** Makes a key inactive, expired or archived, or active again. */
    synchronized void status(String id, String status) {
        keysBySecret.replaceAll((secret, key) -> key.id().equals(id)
                ? new ApiKey(id, key.name(), key.hint(), key.workspaceId(), key.createdAt(), status)
                : key);
    }

    synchronized Workspace workspace(String name, boolean archived) {
        Workspace workspace = new Workspace(id("wrkspc_01", name), name, clock.instant(), archived);
        room(workspaces);
        workspaces.put(workspace.id(), workspace);
        return workspace;
    }

    synchronized User user(String email, String name) {
        User user = new User(id("user_01", email), email, name, clock.instant());
        room(users);
        users.put(user.id(), user);
        return user;
    }

    synchronized void ownLimit(OwnLimit limit) {
        ownLimits.add(limit);
    }

    synchronized List<OwnLimit> ownLimits(String workspaceId) {
        return ownLimits.stream()
                .filter(limit -> limit.workspaceId().equals(workspaceId))
                .toList();
    }

    synchronized List<ApiKey> keys() {
        return new ArrayList<>(keysBySecret.values());
    }

    synchronized List<Workspace> workspaces() {
        return new ArrayList<>(workspaces.values());
    }

    synchronized List<User> users() {
        return new ArrayList<>(users.values());
    }

    synchronized @Nullable User user(@Nullable String id) {
        return users.get(id);
    }

    /** First sixteen and last four characters (api-facts §4.5). */
    private static @Nullable String hint(String secret) {
        int length = secret.length();
        return length < 2 * (HINT_HEAD + HINT_TAIL)
                ? null
                : secret.substring(0, HINT_HEAD) + "..." + secret.substring(length - HINT_TAIL);
    }

    private static void room(Map<?, ?> entries) {
        if (entries.size() >= ENTRIES_MAX) {
            throw new IllegalStateException("the simulator lists at most " + ENTRIES_MAX + " of a kind");
        }
    }

    private static String id(String prefix, String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return prefix + new BigInteger(1, sum).setBit(255).toString(36).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
