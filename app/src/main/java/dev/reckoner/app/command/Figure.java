package dev.reckoner.app.command;

import dev.reckoner.app.output.Column;
import dev.reckoner.app.output.Numbers;
import dev.reckoner.ledger.TokenType;
import java.util.List;
import java.util.function.BiFunction;

/**
 * One column of figures.
 *
 * @param text makes its cell of the figures and the places in which amounts are shown
 */
record Figure(Column column, BiFunction<Figures, Integer, String> text) {

    /** Which figures a command is about. */
    enum View {
        TOKENS,
        MONEY,
        BOTH
    }

    String cell(Figures row, int places) {
        return text.apply(row, places);
    }

    static List<Figure> of(View view) {
        return switch (view) {
            case TOKENS -> tokens();
            case MONEY -> money();
            case BOTH -> both();
        };
    }

    private static List<Figure> tokens() {
        return List.of(
                new Figure(
                        Column.number("Requests", 4),
                        (row, places) -> Numbers.count(row.sums().exchanges())),
                new Figure(Column.number("Input"), (row, places) -> Numbers.count(row.input())),
                new Figure(Column.number("Output"), (row, places) -> row.marks(false) + Numbers.count(row.output())),
                new Figure(Column.number("Cache Create", 2), (row, places) -> Numbers.count(row.cacheCreate())),
                new Figure(Column.number("Cache Read", 1), (row, places) -> Numbers.count(row.cacheRead())),
                totalTokens(3));
    }

    private static List<Figure> money() {
        return List.of(
                amount("Input", 3, TokenType.INPUT),
                amount("Output", 2, TokenType.OUTPUT),
                new Figure(
                        Column.number("Cache Create", 4),
                        (row, places) -> Numbers.usd(row.cacheCreateAmount(), places)),
                amount("Cache Read", 4, TokenType.CACHE_READ),
                amount("Web Search", 5, TokenType.WEB_SEARCH),
                cost());
    }

    private static List<Figure> both() {
        return List.of(
                new Figure(Column.number("Input"), (row, places) -> Numbers.count(row.input())),
                new Figure(Column.number("Output"), (row, places) -> row.marks(false) + Numbers.count(row.output())),
                new Figure(Column.number("Cache Create", 3), (row, places) -> Numbers.count(row.cacheCreate())),
                new Figure(Column.number("Cache Read", 2), (row, places) -> Numbers.count(row.cacheRead())),
                totalTokens(4),
                cost());
    }

    private static Figure totalTokens(int rank) {
        return new Figure(
                Column.number("Total Tokens", rank),
                (row, places) -> row.marks(false) + Numbers.count(row.totalTokens()));
    }

    private static Figure amount(String title, int rank, TokenType type) {
        return new Figure(
                Column.number(title, rank),
                (row, places) -> Numbers.usd(row.sums().amount(type), places));
    }

    private static Figure cost() {
        return new Figure(Column.number("Cost (USD)"), Figure::cost);
    }

    /** The cost; only "?" where nothing of it is known, for it isn't zero. */
    private static String cost(Figures row, int places) {
        boolean nothingKnown = row.sums().pending() > 0 && row.cost().signum() == 0;
        return nothingKnown ? "?" : row.marks(true) + Numbers.usd(row.cost(), places);
    }
}
