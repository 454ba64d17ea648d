package dev.reckoner.ledger.store;

import java.util.List;

/** The list of tags in {@code dims.tags}: a JSON array, "" where there are none. */
public final class TagList {
    private static final List<String> NONE = List.of("");

    private TagList() {}

    /** The tags of a column's text; one empty tag where there are none. */
    public static List<String> tagsOrNone(String column) {
        return column.isEmpty() ? NONE : JsonColumns.texts(column);
    }
}
