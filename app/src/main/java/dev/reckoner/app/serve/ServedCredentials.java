package dev.reckoner.app.serve;

import dev.reckoner.config.CredentialRule;
import dev.reckoner.ledger.KeyHasher;
import dev.reckoner.ledger.KeyRef;
import dev.reckoner.proxy.attribute.UpstreamCredential;
import dev.reckoner.proxy.attribute.UpstreamCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials that virtual keys are served with, from the environment and from files. A file that changes is read
 * again; one that can't be read leaves what it held before, so that a secret can be replaced in place. Credentials are in
 * memory only.
 */
final class ServedCredentials implements UpstreamCredentials {
    private static final Logger LOG = LoggerFactory.getLogger(ServedCredentials.class);
    private static final int BYTES_MAX = 4096;

    private final List<CredentialRule> rules;
    private final Map<String, String> env;
    private final KeyHasher hasher;

    private volatile Map<String, UpstreamCredential> byName = Map.of();

    /** Reads them; what isn't there is said once, and looked for again. */
    ServedCredentials(List<CredentialRule> rules, Map<String, String> env, KeyHasher hasher) {
        boolean named = rules.stream().anyMatch(rule -> rule.name().equals(CredentialRule.DEFAULT));
        this.rules = named
                ? rules
                : Stream.concat(rules.stream(), Stream.of(CredentialRule.STANDARD))
                        .toList();
        this.env = env;
        this.hasher = hasher;
        look();
        for (CredentialRule rule : rules) {
            if (find(rule.name()) == null) {
                LOG.warn(
                        "the credential {} isn't there: {} has none; virtual keys that are served with it are refused",
                        rule.name(),
                        rule.file() == null ? "$" + rule.variable() : rule.file());
            }
        }
    }

    @Override
    public @Nullable UpstreamCredential find(String name) {
        return byName.get(name);
    }

    /** Reads the files again. One thread at a time. */
    void look() {
        Map<String, UpstreamCredential> now = new HashMap<>(byName);
        for (CredentialRule rule : rules) {
            String secret = secret(rule);
            if (secret != null) {
                now.put(rule.name(), credential(rule, secret));
            }
        }
        byName = Map.copyOf(now);
    }

    private @Nullable String secret(CredentialRule rule) {
        String found = rule.file() == null ? env.get(rule.variable()) : read(rule.file());
        String secret = found == null ? "" : found.strip();
        boolean sendable = !secret.isEmpty() && secret.chars().allMatch(c -> c > ' ' && c < 0x7f);
        return sendable ? secret : null;
    }

    private static @Nullable String read(Path file) {
        try {
            return Files.size(file) > BYTES_MAX ? null : Files.readString(file);
        } catch (IOException e) {
            return null;
        }
    }

    private UpstreamCredential credential(CredentialRule rule, String secret) {
        KeyRef key = hasher.reference(secret);
        boolean bearer = switch (rule.header()) {
            case AUTO -> key.kind() == KeyRef.Kind.OAUTH;
            case X_API_KEY -> false;
            case AUTHORIZATION -> true;
        };
        return new UpstreamCredential(
                rule.name(),
                key,
                bearer ? "authorization" : "x-api-key",
                bearer ? "Bearer " + secret : secret,
                rule.workspace());
    }
}
