package dev.reckoner.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a value has to look like, and how it is understood. */
interface Kind<T> {

    /** The value, null where the word is not of this kind. */
    @Nullable
    T parse(Word word);

    /** What a word has to be, as a phrase that follows "expected". */
    String expected();

    /** Every word of this kind where they are few, else nothing. */
    default List<String> choices() {
        return List.of();
    }

    /** Whether nothing of it may be repeated. */
    default boolean secret() {
        return false;
    }

    /** The value as {@code config show} prints it. */
    default String show(T value, Word word) {
        return word.shown();
    }
}
