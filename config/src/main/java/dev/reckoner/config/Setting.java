package dev.reckoner.config;

import java.util.Locale;

/**
 * One row of the table of settings: everything that parsing, the template and {@code config show} know about a key.
 *
 * @param key dotted, snake_case
 * @param kind what each word has to be
 * @param arity how many words it takes
 * @param standard the default as it would be written, "" for none
 * @param what what it is
 * @param change when to change it
 */
record Setting<T>(String key, Kind<T> kind, Arity arity, String standard, String what, String change) {

    /** How many words a setting takes. */
    enum Arity {
        ONE,
        OPTIONAL,
        MANY
    }

    /** The environment variable that says it. */
    String variable() {
        return SettingTable.VARIABLE_PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** The part before the dot, "" for a key of the top level. */
    String section() {
        return key.substring(0, Math.max(0, key.indexOf('.')));
    }

    /** The part after the dot. */
    String name() {
        return key.substring(key.indexOf('.') + 1);
    }
}
