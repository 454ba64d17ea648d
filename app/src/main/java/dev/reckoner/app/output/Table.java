package dev.reckoner.app.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A table for a terminal of a given width: first columns of the highest rank are left out, then long texts are cut,
 * until it fits. Cells are made harmless here, so that callers may pass what came from the network.
 */
public final class Table {
    private static final String GAP = "  ";
    private static final String BOLD = "\u001b[1m";
    private static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final List<Column> columns;
    private final List<Row> rows = new ArrayList<>();

    private record Row(List<String> cells, Kind kind) {}

    private enum Kind {
        ROW,
        DETAIL,
        TOTAL
    }

    public Table(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Adds a row. */
    public void row(List<String> cells) {
        add(cells, Kind.ROW);
    }

    /** Adds a row that explains the one above it. */
    public void detail(List<String> cells) {
        add(cells, Kind.DETAIL);
    }

    /** Adds the row of totals, set off by a rule. */
    public void total(List<String> cells) {
        add(cells, Kind.TOTAL);
    }

    private void add(List<String> cells, Kind kind) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException("found " + cells.size() + " cells, expected " + columns.size());
        }
        rows.add(new Row(cells.stream().map(Text::harmless).toList(), kind));
    }

    /**
     * Prints the table.
     *
     * @param width columns of the terminal
     * @param colours whether escape sequences may be used
     * @return titles of the columns that were left out
     */
    public List<String> print(PrintWriter out, int width, boolean colours) {
        List<Integer> shown = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            shown.add(i);
        }
        while (sum(least(shown)) > width && droppable(shown)) {
            Integer dropped = highestRank(shown);
            shown.remove(dropped);
            leftOut.add(0, columns.get(dropped).title());
        }
        int[] widths = cutDown(shown, width);
        print(out, shown, widths, colours);
        return leftOut;
    }

    private boolean droppable(List<Integer> shown) {
        return shown.stream().anyMatch(i -> columns.get(i).rank() > 0);
    }

    private Integer highestRank(List<Integer> shown) {
        return shown.stream()
                .max(Comparator.comparingInt((Integer i) -> columns.get(i).rank()))
                .orElseThrow();
    }

    private int[] natural(List<Integer> shown) {
        int[] widths = new int[shown.size()];
        for (int place = 0; place < widths.length; place++) {
            int column = shown.get(place);
            int widest = longestWord(columns.get(column).title());
            for (Row row : rows) {
                widest = Math.max(widest, Text.columns(row.cells().get(column)));
            }
            widths[place] = widest;
        }
        return widths;
    }

    private int[] least(List<Integer> shown) {
        int[] widths = natural(shown);
        for (int place = 0; place < widths.length; place++) {
            widths[place] =
                    Math.min(widths[place], columns.get(shown.get(place)).least());
        }
        return widths;
    }

    private static int longestWord(String title) {
        int longest = 0;
        for (String word : title.split(" ", -1)) {
            longest = Math.max(longest, Text.columns(word));
        }
        return longest;
    }

    /** Takes columns from the widest text until the table fits or no text is longer than its least width. */
    private int[] cutDown(List<Integer> shown, int width) {
        int[] widths = natural(shown);
        while (sum(widths) > width) {
            int widest = -1;
            for (int place = 0; place < widths.length; place++) {
                boolean cuttable = widths[place] > columns.get(shown.get(place)).least();
                if (cuttable && (widest < 0 || widths[place] > widths[widest])) {
                    widest = place;
                }
            }
            if (widest < 0) {
                return widths;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static int sum(int[] widths) {
        int sum = GAP.length() * (widths.length - 1);
        for (int width : widths) {
            sum += width;
        }
        return sum;
    }

    private void print(PrintWriter out, List<Integer> shown, int[] widths, boolean colours) {
        String rule = "─".repeat(sum(widths));
        printTitles(out, shown, widths, colours);
        out.println(styled(rule, FAINT, colours));
        for (Row row : rows) {
            String line = line(row.cells(), shown, widths);
            switch (row.kind()) {
                case ROW -> out.println(line);
                case DETAIL -> out.println(styled(line, FAINT, colours));
                case TOTAL -> {
                    out.println(styled(rule, FAINT, colours));
                    out.println(styled(line, BOLD, colours));
                }
            }
        }
    }

    /** Titles wider than their column break into lines of words, the last word at the bottom. */
    private void printTitles(PrintWriter out, List<Integer> shown, int[] widths, boolean colours) {
        List<List<String>> titles = new ArrayList<>();
        int height = 1;
        for (int i = 0; i < columns.size(); i++) {
            int place = shown.indexOf(i);
            String title = columns.get(i).title();
            boolean fits = place < 0 || Text.columns(title) <= widths[place];
            titles.add(fits ? List.of(title) : List.of(title.split(" ", -1)));
            height = Math.max(height, titles.get(i).size());
        }
        for (int line = 0; line < height; line++) {
            List<String> cells = new ArrayList<>();
            for (List<String> title : titles) {
                int word = line - (height - title.size());
                cells.add(word < 0 ? "" : title.get(word));
            }
            out.println(styled(line(cells, shown, widths), BOLD, colours));
        }
    }

    private String line(List<String> cells, List<Integer> shown, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int place = 0; place < widths.length; place++) {
            String cell = Text.cut(cells.get(shown.get(place)), widths[place]);
            String padding = " ".repeat(widths[place] - Text.columns(cell));
            boolean right = columns.get(shown.get(place)).right();
            line.append(place == 0 ? "" : GAP).append(right ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static String styled(String line, String style, boolean colours) {
        return colours ? style + line + PLAIN : line;
    }
}
