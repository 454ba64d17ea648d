package dev.reckoner.ledger.store;

import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.Line;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums in the making: those of a rollup row, or those of a report's group. Exact; not safe for several threads. */
@SuppressWarnings("EnumOrdinal") // places in arrays of one process; what is kept goes by name
public final class Tally {
    private static final TokenType[] TYPES = TokenType.values();

    private long exchanges;
    private long failed;
    private long pending;
    private long estimated;
    private final long[] quantities = new long[TYPES.length];
    private final BigDecimal[] amounts = new BigDecimal[TYPES.length];
    private long firstAt = Long.MAX_VALUE;
    private long lastAt = Long.MIN_VALUE;

    /** Nothing yet. */
    public Tally() {
        Arrays.fill(amounts, BigDecimal.ZERO);
    }

    /** The summed columns of a rollup in their order, without the instants. */
    public static Stream<String> columns() {
        return Stream.of(
                        Stream.of("exchanges", "failed", "pending", "estimated"),
                        Arrays.stream(TYPES).map(Tally::quantityColumn),
                        Arrays.stream(TYPES).map(Tally::amountColumn))
                .flatMap(columns -> columns);
    }

    /** Name of the column with the quantities of a type. */
    public static String quantityColumn(TokenType type) {
        return type.name().toLowerCase(Locale.ROOT) + "_quantity";
    }

    /** Name of the column with the amounts of a type. */
    public static String amountColumn(TokenType type) {
        return type.name().toLowerCase(Locale.ROOT) + "_amount";
    }

    /** The columns as a select list of an alias {@code r}, with the first and last instant behind them. */
    public static String select() {
        return columns().map(column -> "r." + column).collect(Collectors.joining(", ")) + ", r.first_at, r.last_at";
    }

    /** The columns as a select list of sums over an alias {@code r}, with the first and last instant behind them. */
    public static String selectSums() {
        return columns().map(column -> "sum(r." + column + ")").collect(Collectors.joining(", "))
                + ", min(r.first_at), max(r.last_at)";
    }

    /** Counts an exchange that was booked at an instant, in {@link Nanos}. */
    public void exchange(boolean isFailed, boolean isPending, boolean isEstimated, long bookedAt) {
        count(1, isFailed, isPending, isEstimated);
        at(bookedAt, bookedAt);
    }

    /** Takes an exchange out again whose entry another one has replaced; its instant stays among those seen. */
    public void exchangeReversed(boolean isFailed, boolean isPending, boolean isEstimated, long bookedAt) {
        count(-1, isFailed, isPending, isEstimated);
        at(bookedAt, bookedAt);
    }

    /** Adds a line of an exchange that was booked at an instant, in {@link Nanos}; its amount is null while pending. */
    public void line(TokenType type, long quantity, @Nullable BigDecimal amount, long bookedAt) {
        add(type.ordinal(), quantity, amount == null ? BigDecimal.ZERO : amount);
        at(bookedAt, bookedAt);
    }

    void exchange(Entry entry) {
        exchange(failed(entry), pending(entry), entry.charge().estimated(), Nanos.of(entry.bookedAt()));
    }

    void exchangeReversed(Entry entry) {
        exchangeReversed(failed(entry), pending(entry), entry.charge().estimated(), Nanos.of(entry.bookedAt()));
    }

    void line(Entry entry, Line line) {
        line(line.type(), line.quantity(), line.amount(), Nanos.of(entry.bookedAt()));
    }

    /** Adds the columns of {@link #select} or {@link #selectSums} from a result. */
    public void add(RowReader in) throws SQLException {
        exchanges += in.longOrZero();
        failed += in.longOrZero();
        pending += in.longOrZero();
        estimated += in.longOrZero();
        for (int i = 0; i < TYPES.length; i++) {
            add(i, in.longOrZero(), BigDecimal.ZERO);
        }
        for (int i = 0; i < TYPES.length; i++) {
            add(i, 0, in.moneyOrZero());
        }
        at(in.longOrZero(), in.longOrZero());
    }

    /** Adds another tally. */
    public void add(Tally other) {
        exchanges += other.exchanges;
        failed += other.failed;
        pending += other.pending;
        estimated += other.estimated;
        for (int i = 0; i < TYPES.length; i++) {
            add(i, other.quantities[i], other.amounts[i]);
        }
        at(other.firstAt, other.lastAt);
    }

    /** The sums; types with neither quantity nor amount are absent. */
    public Sums sums() {
        Map<TokenType, Long> quantityByType = new EnumMap<>(TokenType.class);
        Map<TokenType, BigDecimal> amountByType = new EnumMap<>(TokenType.class);
        for (TokenType type : TYPES) {
            if (quantity(type) != 0) {
                quantityByType.put(type, quantity(type));
            }
            if (amount(type).signum() != 0) {
                amountByType.put(type, amount(type));
            }
        }
        return new Sums(exchanges, failed, pending, estimated, quantityByType, amountByType);
    }

    /** Tokens of all types; requests of server tools are none. */
    public long tokens() {
        long tokens = 0;
        for (TokenType type : TYPES) {
            tokens += type == TokenType.WEB_SEARCH ? 0 : quantity(type);
        }
        return tokens;
    }

    /** The amounts of all types. */
    public BigDecimal amount() {
        BigDecimal amount = BigDecimal.ZERO;
        for (BigDecimal part : amounts) {
            amount = amount.add(part);
        }
        return amount;
    }

    /** Whether nothing is left of what was counted and added, as of a group that corrections have emptied. */
    public boolean empty() {
        for (int i = 0; i < TYPES.length; i++) {
            if (quantities[i] != 0 || amounts[i].signum() != 0) {
                return false;
            }
        }
        return (exchanges | failed | pending | estimated) == 0;
    }

    /** Whether everything is the same, amounts by value. */
    public boolean sameAs(Tally other) {
        return counts().equals(other.counts())
                && firstAt == other.firstAt
                && lastAt == other.lastAt
                && Arrays.stream(TYPES)
                        .allMatch(type -> quantity(type) == other.quantity(type)
                                && amount(type).compareTo(other.amount(type)) == 0);
    }

    /** The earliest instant, in {@link Nanos}. */
    public long firstAt() {
        return firstAt;
    }

    /** The latest instant, in {@link Nanos}. */
    public long lastAt() {
        return lastAt;
    }

    /** Writes the sums in the order of {@link #columns}. */
    void write(RowWriter out) throws SQLException {
        out.number(exchanges).number(failed).number(pending).number(estimated);
        for (TokenType type : TYPES) {
            out.number(quantity(type));
        }
        for (TokenType type : TYPES) {
            out.money(amount(type));
        }
    }

    private static boolean failed(Entry entry) {
        return !entry.closing().outcome().ok();
    }

    private static boolean pending(Entry entry) {
        return entry.charge().status() == RatingStatus.PENDING;
    }

    private void count(int sign, boolean isFailed, boolean isPending, boolean isEstimated) {
        exchanges += sign;
        failed += isFailed ? sign : 0;
        pending += isPending ? sign : 0;
        estimated += isEstimated ? sign : 0;
    }

    private List<Long> counts() {
        return List.of(exchanges, failed, pending, estimated);
    }

    private long quantity(TokenType type) {
        return quantities[type.ordinal()];
    }

    private BigDecimal amount(TokenType type) {
        return amounts[type.ordinal()];
    }

    private void add(int type, long quantity, BigDecimal amount) {
        quantities[type] = Math.addExact(quantities[type], quantity);
        if (amount.signum() != 0) {
            amounts[type] = amounts[type].signum() == 0 ? amount : amounts[type].add(amount);
        }
    }

    private void at(long first, long last) {
        firstAt = Math.min(firstAt, first);
        lastAt = Math.max(lastAt, last);
    }
}
