package dev.reckoner.app.command;

import dev.reckoner.app.output.Text;
import java.util.ArrayList;
import java.util.List;

/** Labels at the left and their texts beside them, wrapped to the terminal. */
final class LabelledText {
    private static final String INDENT = "  ";
    private static final int LABEL = 9;

    private final Shell shell;

    LabelledText(Shell shell) {
        this.shell = shell;
    }

    /** A label and its text, wrapped below itself. */
    void say(String label, String text) {
        if (text.isEmpty()) {
            return;
        }
        String indent = INDENT + " ".repeat(LABEL);
        StringBuilder line = new StringBuilder(INDENT + label + " ".repeat(LABEL - label.length()));
        boolean fresh = true;
        for (String word : words(Text.harmless(text), shell.columns() - indent.length())) {
            if (!fresh && Text.columns(line.toString()) + 1 + Text.columns(word) > shell.columns()) {
                shell.out().println(line);
                line.setLength(0);
                line.append(indent);
                fresh = true;
            }
            line.append(fresh ? "" : " ").append(word);
            fresh = false;
        }
        shell.out().println(line);
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
