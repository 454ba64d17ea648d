package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Closing;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.TokenType;
import dev.reckoner.ledger.Usage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A tuple of everything that reports group by; the empty string where not stated. Who caused an exchange is the same
 * for all its lines; model, tier, speed, geography and context window are each line's own.
 *
 * @param tags the sorted tags as a JSON array, "" where there are none
 */
public record Dims(
        String user,
        String team,
        String project,
        String session,
        String tags,
        String keyHash,
        String keyHint,
        String workspace,
        String model,
        String serviceTier,
        String speed,
        String inferenceGeo,
        String contextWindow,
        String virtualKey) {

    /** The tuple of a line. */
    static Dims of(Entry entry, Line line) {
        return of(
                entry.closing(),
                line.model(),
                line.serviceTier(),
                line.speed(),
                line.inferenceGeo(),
                line.contextWindow());
    }

    /**
     * The tuple under which the exchange itself is counted: that of the line which served, so that exchanges and tokens
     * stand in the same row; without lines, what the response stated.
     */
    static Dims of(Entry entry) {
        Line served = served(entry);
        if (served != null) {
            return of(entry, served);
        }
        Usage usage = entry.closing().reading().usage();
        String model = entry.closing().reading().model();
        return usage == null
                ? of(entry.closing(), model, null, null, null, null)
                : of(entry.closing(), model, usage.serviceTier(), usage.speed(), usage.inferenceGeo(), null);
    }

    /** The first line of the served model, else (an alias was stated) the last one: the last attempt is what served. */
    private static @Nullable Line served(Entry entry) {
        String model = entry.closing().reading().model();
        Line last = null;
        for (Line line : entry.charge().lines()) {
            boolean tokens = line.type() != TokenType.WEB_SEARCH;
            if (tokens && line.model().equals(model)) {
                return line;
            }
            last = tokens || last == null ? line : last;
        }
        return last;
    }

    private static Dims of(
            Closing closing,
            @Nullable String model,
            @Nullable String serviceTier,
            @Nullable String speed,
            @Nullable String inferenceGeo,
            @Nullable String contextWindow) {
        Attribution attribution = closing.opening().attribution();
        return new Dims(
                value(attribution.user()),
                value(attribution.team()),
                value(attribution.project()),
                value(attribution.session()),
                stated(JsonColumns.ofTexts(attribution.tags())),
                stated(attribution.key().hash()),
                stated(attribution.key().hint()),
                stated(closing.workspaceId()),
                stated(model),
                stated(serviceTier),
                stated(speed),
                stated(inferenceGeo),
                stated(contextWindow),
                stated(attribution.virtualKey()));
    }

    private static String value(@Nullable Part part) {
        return stated(part == null ? null : part.value());
    }

    private static String stated(@Nullable String text) {
        return text == null ? "" : StorableText.of(text);
    }

    /**
     * What it says of a dimension, as reports name it: a key is shown by its hint, as the vendor's console does, and by its
     * hash without one; tags come as their list.
     */
    public String of(Dimension dimension) {
        return switch (dimension) {
            case USER -> user;
            case TEAM -> team;
            case PROJECT -> project;
            case SESSION -> session;
            case TAG -> tags;
            case KEY -> keyHint.isEmpty() ? (keyHash.equals(KeyRef.NONE.hash()) ? "" : keyHash) : keyHint;
            case VIRTUAL_KEY -> virtualKey;
            case MODEL -> model;
            case WORKSPACE -> workspace;
            case SERVICE_TIER -> serviceTier;
            case SPEED -> speed;
            case INFERENCE_GEO -> inferenceGeo;
            case CONTEXT_WINDOW -> contextWindow;
        };
    }

    /** The same tuple, each of whose parts but the session is what that makes of it. */
    Dims with(UnaryOperator<String> word) {
        return new Dims(
                word.apply(user),
                word.apply(team),
                word.apply(project),
                session,
                word.apply(tags),
                word.apply(keyHash),
                word.apply(keyHint),
                word.apply(workspace),
                word.apply(model),
                word.apply(serviceTier),
                word.apply(speed),
                word.apply(inferenceGeo),
                word.apply(contextWindow),
                word.apply(virtualKey));
    }

    /** Every part, in the order of the columns. */
    List<String> parts() {
        return List.of(
                user,
                team,
                project,
                session,
                tags,
                keyHash,
                keyHint,
                workspace,
                model,
                serviceTier,
                speed,
                inferenceGeo,
                contextWindow,
                virtualKey);
    }

    /** The tuple without who caused it: what a bill can tell apart. */
    Dims terms() {
        return new Dims(
                "",
                "",
                "",
                "",
                "",
                keyHash,
                keyHint,
                workspace,
                model,
                serviceTier,
                speed,
                inferenceGeo,
                contextWindow,
                "");
    }

    /** The tuple without session and tags: who caused it, whenever and for what. */
    Dims owned() {
        return withoutSession("");
    }

    /** The tuple without session: who caused it and what for. */
    Dims tagged() {
        return withoutSession(tags);
    }

    private Dims withoutSession(String keptTags) {
        return new Dims(
                user,
                team,
                project,
                "",
                keptTags,
                keyHash,
                keyHint,
                workspace,
                model,
                serviceTier,
                speed,
                inferenceGeo,
                contextWindow,
                virtualKey);
    }

    /** What a session is told apart by, and the model. */
    Dims ofSession() {
        return new Dims(user, team, project, session, "", "", "", "", model, "", "", "", "", "");
    }

    /**
     * The tuple's id: the first 128 bits of the SHA-256 of its length-prefixed parts. Any number of writers find the
     * same id without asking the database. A virtual key counts only where there is one: tuples are older than such keys.
     */
    UUID id() {
        MessageDigest digest = sha256();
        List<String> parts = parts();
        for (String part : virtualKey.isEmpty() ? parts.subList(0, parts.size() - 1) : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        ByteBuffer id = ByteBuffer.wrap(digest.digest());
        return new UUID(id.getLong(), id.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
