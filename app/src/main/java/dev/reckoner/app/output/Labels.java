package dev.reckoner.app.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Labels with their texts, each text wrapped below itself. */
public final class Labels {
    private static final String INDENT = "  ";
    private static final int LABEL = 9;

    private final PrintWriter out;
    private final int columns;

    /**
     * Writes there.
     *
     * @param columns width that lines have to fit
     */
    public Labels(PrintWriter out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Prints a label and its text, nothing where the text is empty. */
    public void say(String label, String text) {
        if (text.isEmpty()) {
            return;
        }
        String indent = INDENT + " ".repeat(LABEL);
        StringBuilder line = new StringBuilder(INDENT + label + " ".repeat(LABEL - label.length()));
        boolean fresh = true;
        for (String word : words(Text.harmless(text), columns - indent.length())) {
            if (!fresh && Text.columns(line.toString()) + 1 + Text.columns(word) > columns) {
                out.println(line);
                line.setLength(0);
                line.append(indent);
                fresh = true;
            }
            line.append(fresh ? "" : " ").append(word);
            fresh = false;
        }
        out.println(line);
    }

    /** The words of a text; one that doesn't fit a line is broken. */
    private static List<String> words(String text, int columnsMax) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(" ", -1)) {
            String rest = word;
            while (rest.length() > columnsMax) {
                words.add(rest.substring(0, columnsMax));
                rest = rest.substring(columnsMax);
            }
            words.add(rest);
        }
        return words;
    }
}
