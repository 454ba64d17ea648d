package dev.reckoner.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words that hold for every setting after all sources were heard; typed access through the setting itself. */
final class Words {

    static final String DEFAULT = "default";

    private final Map<Setting<?>, List<Word>> words = new HashMap<>();

    /** Begins with the defaults. */
    Words(SettingTable table, Path home) {
        for (Setting<?> setting : table.all()) {
            String standard = setting.standard();
            words.put(
                    setting,
                    standard.isEmpty() ? List.of() : List.of(new Word(standard, standard, DEFAULT, home, home)));
        }
    }

    /** Adds a problem where the word isn't of the setting's kind. */
    static <T> void check(Setting<T> setting, Word word, List<Problem> problems) {
        if (setting.kind().parse(word) == null) {
            String shown = setting.kind().secret() ? Masking.HIDDEN : word.shown();
            String found = word.shown().isEmpty() ? null : shown;
            problems.add(new Problem(
                    word.place(),
                    setting.key(),
                    found,
                    setting.kind().expected(),
                    Nearest.to(shown, setting.kind().choices())));
        }
    }

    /** Lays what a source said over what the sources before it said. */
    void layOver(Map<Setting<?>, List<Word>> said) {
        words.putAll(said);
    }

    <T> T one(Setting<T> setting) {
        T value = optional(setting);
        if (value == null) {
            throw new IllegalStateException(setting.key() + " has neither a checked word nor a good default");
        }
        return value;
    }

    <T> @Nullable T optional(Setting<T> setting) {
        List<T> values = many(setting);
        return values.isEmpty() ? null : values.get(0);
    }

    <T> List<T> many(Setting<T> setting) {
        List<T> values = new ArrayList<>();
        for (Word word : of(setting)) {
            T value = setting.kind().parse(word);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** Where the setting was said, or "default". */
    String place(Setting<?> setting) {
        List<Word> found = of(setting);
        return found.isEmpty() ? DEFAULT : found.get(0).place();
    }

    <T> Shown shown(Setting<T> setting) {
        List<String> texts = new ArrayList<>();
        for (Word word : of(setting)) {
            T value = setting.kind().parse(word);
            texts.add(value == null ? word.shown() : setting.kind().show(value, word));
        }
        return new Shown(setting.key(), Masking.masked(String.join(", ", texts)), place(setting));
    }

    private List<Word> of(Setting<?> setting) {
        return words.getOrDefault(setting, List.of());
    }
}
