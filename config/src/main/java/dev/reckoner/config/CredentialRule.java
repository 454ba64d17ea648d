package dev.reckoner.config;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a credential for the upstream is and how it is sent; the credential itself is not in it. Written as one line
 * such as {@code research file=~/keys/research workspace=wrkspc_01}.
 *
 * @param name what virtual keys call it
 * @param variable the environment variable that holds it, null where a file does
 * @param file the file that holds it and nothing else, null where a variable does
 * @param workspace the workspace that exchanges with it are for, null where the credential decides
 */
public record CredentialRule(
        String name,
        @Nullable String variable,
        @Nullable Path file,
        @Nullable String workspace,
        Header header) {

    /** The name of the credential that holds where nobody named one. */
    public static final String DEFAULT = "default";

    /** The default credential where the settings don't say otherwise: the variable that the vendor's SDKs read. */
    public static final CredentialRule STANDARD =
            new CredentialRule(DEFAULT, "ANTHROPIC_API_KEY", null, null, Header.AUTO);

    /** The header field that carries a credential upstream. */
    public enum Header {
        /** As its kind wants: {@code Authorization} for OAuth tokens, {@code x-api-key} for everything else. */
        AUTO,
        X_API_KEY,
        AUTHORIZATION;

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The kind of setting. */
    static Kind<CredentialRule> kind() {
        return new Line();
    }

    private static final class Line implements Kind<CredentialRule> {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
        private static final Pattern FIELD = Pattern.compile("(env|file|workspace|header)=(\\S+)");
        private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
        private static final Pattern WORKSPACE = Pattern.compile("[A-Za-z0-9_-]{1,128}");

        @Override
        public @Nullable CredentialRule parse(Word word) {
            String[] parts = word.text().strip().split("\\s+", -1);
            if (!NAME.matcher(parts[0]).matches()) {
                return null;
            }
            CredentialRule rule = new CredentialRule(parts[0], null, null, null, Header.AUTO);
            for (int i = 1; i < parts.length && rule != null; i++) {
                Matcher field = FIELD.matcher(parts[i]);
                rule = field.matches() ? with(rule, field.group(1), field.group(2), word) : null;
            }
            return rule != null && (rule.variable == null) != (rule.file == null) ? rule : null;
        }

        @Override
        public String expected() {
            return "a name, env=VARIABLE or file=PATH, and maybe workspace=ID and header=x-api-key or authorization";
        }

        private static @Nullable CredentialRule with(CredentialRule rule, String field, String value, Word word) {
            return switch (field) {
                case "env" ->
                    VARIABLE.matcher(value).matches()
                            ? new CredentialRule(rule.name, value, rule.file, rule.workspace, rule.header)
                            : null;
                case "file" -> withFile(rule, value, word);
                case "workspace" ->
                    WORKSPACE.matcher(value).matches()
                            ? new CredentialRule(rule.name, rule.variable, rule.file, value, rule.header)
                            : null;
                default -> withHeader(rule, value);
            };
        }

        private static @Nullable CredentialRule withFile(CredentialRule rule, String value, Word word) {
            Path file = Kinds.path().parse(new Word(value, value, word.place(), word.base(), word.home()));
            return file == null
                    ? null
                    : new CredentialRule(rule.name, rule.variable, file, rule.workspace, rule.header);
        }

        private static @Nullable CredentialRule withHeader(CredentialRule rule, String value) {
            for (Header header : Header.values()) {
                if (header.word().equals(value)) {
                    return new CredentialRule(rule.name, rule.variable, rule.file, rule.workspace, header);
                }
            }
            return null;
        }
    }
}
