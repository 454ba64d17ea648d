package dev.reckoner.app.command;

import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.Lag;
import java.util.ArrayList;
import java.util.List;

/** The notes below a table, wrapped to the terminal: what its marks mean and what it leaves out. */
public final class Footnotes {
    private final List<String> notes = new ArrayList<>();

    /** Adds a note. */
    public void add(String note) {
        notes.add(note);
    }

    void estimated(long exchanges) {
        if (exchanges > 0) {
            notes.add("~ Has estimated tokens of " + counted(exchanges) + " cut off before the end was seen.");
        }
    }

    void pending(long exchanges) {
        if (exchanges > 0) {
            notes.add("? " + counted(exchanges) + " pending: tokens are counted, the cost isn't known yet and is not"
                    + " in the sums; see reckoner explain.");
        }
    }

    /** Says where what is on its way to the store isn't counted yet. */
    void lag(Lag lag) {
        if (lag.frames() > 0) {
            notes.add(Numbers.count(lag.frames()) + " records of the last "
                    + Math.max(1, lag.age().toSeconds()) + " s are not counted yet.");
        }
    }

    private static String counted(long exchanges) {
        return Numbers.count(exchanges) + (exchanges == 1 ? " exchange" : " exchanges");
    }

    /** Prints them below what they are about. */
    public void print(Shell shell) {
        if (!notes.isEmpty()) {
            shell.out().println();
        }
        printAlone(shell);
    }

    /** Prints them by themselves. */
    public void printAlone(Shell shell) {
        for (String note : notes) {
            wrap(note, shell);
        }
    }

    private static void wrap(String note, Shell shell) {
        StringBuilder line = new StringBuilder();
        for (String word : note.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > shell.columns()) {
                shell.out().println(line);
                line.setLength(0);
                line.append(' ');
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        shell.out().println(line);
    }
}
