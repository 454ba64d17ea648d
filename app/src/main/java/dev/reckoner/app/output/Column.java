package dev.reckoner.app.output;

/**
 * One column of a table.
 *
 * @param right whether its cells stand at the right, as numbers do
 * @param rank columns of the highest rank are left out first where the table is too wide; 0 always stays
 * @param least columns below which its cells are not cut
 */
public record Column(String title, boolean right, int rank, int least) {

    /** A column of text that can be cut down to so many columns. */
    public static Column text(String title, int least) {
        return new Column(title, false, 0, least);
    }

    /** A column of text that may be left out. */
    public static Column text(String title, int least, int rank) {
        return new Column(title, false, rank, least);
    }

    /** A column of numbers, never cut. */
    public static Column number(String title) {
        return new Column(title, true, 0, Integer.MAX_VALUE);
    }

    /** A column of numbers that may be left out. */
    public static Column number(String title, int rank) {
        return new Column(title, true, rank, Integer.MAX_VALUE);
    }
}
