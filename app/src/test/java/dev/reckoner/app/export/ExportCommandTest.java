package dev.reckoner.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.reckoner.app.command.CommandFailure;
import dev.reckoner.app.export.parquet.ColumnType;
import dev.reckoner.ledger.ArrivalQuery;
import dev.reckoner.ledger.Arrivals;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Sums;
import dev.reckoner.ledger.TokenType;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported adds up to the books, to the last digit, however often and in however many pieces. */
final class ExportCommandTest {
    private static final long SEED = 20_261_122;

    @TempDir
    private Path home;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private @Nullable ExportBooks opened;

    @BeforeEach
    void open() throws Exception {
        opened = new ExportBooks(home);
        books().book(random, 60);
        books().correct(random, 12);
    }

    private ExportBooks books() {
        return Objects.requireNonNull(opened);
    }

    @AfterEach
    void close() {
        books().close();
    }

    private static List<NamedCsvRecord> records(String csv) {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv)) {
            return reader.stream().toList();
        } catch (IOException e) {
            throw new AssertionError(csv, e);
        }
    }

    private static BigDecimal decimal(String text) {
        return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private static BigDecimal sum(List<NamedCsvRecord> rows, String column) {
        return rows.stream().map(row -> decimal(row.getField(column))).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static void assertAmount(BigDecimal expected, BigDecimal found) {
        assertEquals(0, expected.compareTo(found), "expected " + expected + ", found " + found);
    }

    private BigDecimal spent() {
        return books().sums().values().stream().map(Sums::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The text that a user's name is in CSV. */
    private static String cell(String user) {
        return user.startsWith("=") || user.startsWith("-") ? "'" + user : user;
    }

    @Test
    void lines_asCsv_sumToTheReport_byUserModelAndType() {
        List<NamedCsvRecord> rows = records(books().run(0, "export", "--what", "lines"));

        Map<List<String>, Sums> sums = books().sums(Dimension.USER, Dimension.MODEL);
        assertTrue(sums.size() > 10, "seed " + SEED);
        sums.forEach((group, expected) -> {
            for (TokenType type : TokenType.values()) {
                List<NamedCsvRecord> of = rows.stream()
                        .filter(row -> row.getField("user").equals(cell(group.get(0)))
                                && row.getField("model").equals(group.get(1))
                                && row.getField("token_type").equals(type.name().toLowerCase(Locale.ROOT)))
                        .toList();
                assertAmount(expected.amount(type), sum(of, "amount"));
                assertAmount(BigDecimal.valueOf(expected.quantity(type)), sum(of, "quantity"));
            }
        });
        assertAmount(spent(), sum(rows, "amount"));
        assertEquals(
                rows.size(),
                rows.stream().map(row -> row.getField("line_id")).distinct().count());
        assertTrue(rows.stream().anyMatch(row -> row.getField("change").equals("reversed")));
    }

    @Test
    void text_thatWouldBeAFormula_isHarmless_andNumbersStayNumbers() {
        String csv = books().run(0, "export", "--what", "lines");
        assertTrue(csv.contains("\"'=HYPERLINK(\"\"http://x\"\""), "RFC 4180 quotes and an apostrophe");
        assertTrue(csv.contains(",'-1+1,"), csv.substring(0, 400));
        assertTrue(
                records(csv).stream().anyMatch(row -> row.getField("quantity").startsWith("-")));
    }

    @Test
    void entries_asCsv_sumToTheReport_andTellRevisionsApart() {
        List<NamedCsvRecord> rows = records(books().run(0, "export"));
        assertAmount(spent(), sum(rows, "amount"));
        Sums all = Objects.requireNonNull(books().sums().get(List.<String>of()));
        assertEquals(all.quantity(TokenType.OUTPUT), sum(rows, "output").longValueExact());
        long booked = rows.stream()
                .filter(row -> row.getField("change").equals("booked"))
                .count();
        assertEquals(60, booked);
        assertTrue(rows.stream().anyMatch(row -> row.getField("cause").equals("attributed")));
    }

    @Test
    void aFilter_countsWhatTheReportCounts_afterCorrectionsToo() {
        List<NamedCsvRecord> rows = records(books().run(0, "export", "--what", "lines", "--where", "user=ada"));
        Sums ada = books().sums(Dimension.USER).get(List.of("ada"));
        assertAmount(ada == null ? BigDecimal.ZERO : ada.amount(), sum(rows, "amount"));
        assertTrue(rows.stream().allMatch(row -> row.getField("user").equals("ada")));
    }

    @Test
    void aTime_takesItsDaysAlone() {
        List<NamedCsvRecord> rows =
                records(books().run(0, "export", "--since", "2026-11-11", "--until", "2026-11-12", "--what", "lines"));
        assertFalse(rows.isEmpty());
        assertTrue(rows.stream()
                .allMatch(row -> row.getField("booked_at").startsWith("2026-11-11")
                        || row.getField("booked_at").startsWith("2026-11-12")));
    }

    @Test
    void days_asCsv_sumToTheReport() {
        List<NamedCsvRecord> rows = records(books().run(0, "export", "--what", "daily"));
        assertAmount(spent(), sum(rows, "amount"));
        assertEquals(60, sum(rows, "exchanges").intValueExact());
    }

    @Test
    void parquet_readByDuckDb_sumsToTheReport_byUser_andIsPartitionedByDay() throws Exception {
        Path out = home.resolve("parquet");
        books().run(0, "export", "--format", "parquet", "--out", out + "/");

        String from = " from read_parquet('" + out + "/*/*.parquet', hive_partitioning = true)";
        Map<List<String>, BigDecimal> found = new HashMap<>();
        try (Connection duck = duck();
                Statement statement = duck.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "select \"user\", token_type, sum(amount), sum(quantity)" + from + " group by 1, 2")) {
                while (rows.next()) {
                    found.put(List.of(rows.getString(1), rows.getString(2)), amount(rows, 3));
                }
            }
            books().sums(Dimension.USER).forEach((user, sums) -> {
                for (TokenType type : TokenType.values()) {
                    BigDecimal exported = found.getOrDefault(
                            List.of(user.get(0), type.name().toLowerCase(Locale.ROOT)), BigDecimal.ZERO);
                    assertAmount(sums.amount(type), exported);
                }
            });
            assertEquals(
                    "DECIMAL(38,18) VARCHAR BIGINT TIMESTAMP WITH TIME ZONE BOOLEAN",
                    one(
                            statement,
                            "select typeof(amount) || ' ' || typeof(model) || ' ' || typeof(quantity) || ' ' ||"
                                    + " typeof(booked_at) || ' ' || typeof(estimated)" + from + " limit 1"));
            assertEquals(
                    "0",
                    one(
                            statement,
                            "select count(*)" + from + " where strftime(booked_at at time zone 'UTC',"
                                    + " '%Y-%m-%d') <> cast(day as varchar)"));
            assertEquals("true", one(statement, "select count(*) > 0" + from + " where amount is null"), "pending");
            assertEquals("5", one(statement, "select count(distinct day)" + from));
        }
    }

    @Test
    void parquet_ofManyRows_inSeveralRowGroups_isWhole() throws Exception {
        Path out = home.resolve("many");
        List<Integer> counts = new ArrayList<>();
        try (ParquetOutput<Integer> output = new ParquetOutput<>(
                out,
                List.of(
                        new Field<>("n", ColumnType.COUNT, n -> (long) n),
                        new Field<>("even", ColumnType.FLAG, n -> n % 2 == 0),
                        new Field<>("text", ColumnType.TEXT, n -> n % 3 == 0 ? null : "n" + n),
                        new Field<>(
                                "amount",
                                ColumnType.AMOUNT,
                                n -> BigDecimal.valueOf(-n).movePointLeft(18))),
                n -> ExportBooks.FIRST,
                "test",
                0)) {
            for (int n = 0; n < 50_000; n++) {
                output.add(n);
                counts.add(n);
            }
            output.commit(1);
        }
        try (Connection duck = duck();
                Statement statement = duck.createStatement()) {
            String from = " from read_parquet('" + out + "/*/*.parquet')";
            assertEquals(
                    "50000 1249975000 25000 33333 -0.000000001249975000",
                    one(
                            statement,
                            "select count(*) || ' ' || sum(n) || ' ' || count(*) filter (even) || ' ' || count(text)"
                                    + " || ' ' || sum(amount)" + from));
            assertEquals("0", one(statement, "select count(*)" + from + " where text <> 'n' || n"));
        }
        assertEquals(50_000, counts.size());
    }

    @Test
    void aCursor_goesOnBehindTheLastEntry_eachExactlyOnce() throws Exception {
        String[] export = {"export", "--format", "parquet", "--out", home + "/inc/", "--cursor", home + "/inc.cursor"};
        books().run(0, export);
        books().book(random, 20);
        books().correct(random, 15);
        books().run(0, export);
        books().run(0, export);
        assertTrue(books().err().contains("Exported 0 entries"), books().err());
        try (Connection duck = duck();
                Statement statement = duck.createStatement()) {
            String from = " from read_parquet('" + home + "/inc/*/*.parquet')";
            assertEquals("true", one(statement, "select count(*) = count(distinct line_id)" + from));
            assertAmount(spent(), new BigDecimal(one(statement, "select sum(amount)" + from)));
        }
    }

    @Test
    void aRunThatBreaksOff_leavesNothingTorn_andTheNextOneIsWhole() throws Exception {
        for (String format : List.of("csv", "parquet")) {
            Path out = home.resolve("broken-" + format);
            String[] export = {
                "export", "--format", format, "--what", "lines", "--out", out + "/", "--cursor", out + ".cursor"
            };
            books().through(breaking(2));
            books().run(1, export);
            assertTrue(books().err().contains("the connection broke"), books().err());
            books().through(reports -> reports);
            books().run(0, export);
            try (Stream<Path> files = Files.walk(out)) {
                assertTrue(files.noneMatch(file -> file.toString().endsWith(Parts.UNFINISHED)));
            }
            BigDecimal sum = BigDecimal.ZERO;
            Set<String> ids = new HashSet<>();
            if (format.equals("csv")) {
                try (Stream<Path> files = Files.list(out)) {
                    for (Path file : files.toList()) {
                        List<NamedCsvRecord> rows = records(Files.readString(file));
                        sum = sum.add(sum(rows, "amount"));
                        rows.forEach(row -> assertTrue(ids.add(row.getField("line_id")), row.toString()));
                    }
                }
            } else {
                try (Connection duck = duck();
                        Statement statement = duck.createStatement()) {
                    sum = new BigDecimal(
                            one(statement, "select sum(amount) from read_parquet('" + out + "/*/*.parquet')"));
                }
            }
            assertAmount(spent(), sum);
        }
    }

    @Test
    void partsBehindTheCursor_ofAKilledRun_areWrittenAgain() throws Exception {
        Path out = home.resolve("killed");
        String[] export = {"export", "--what", "lines", "--out", out + "/", "--cursor", out + ".cursor"};
        books().run(0, export);
        String cursor = Files.readString(Path.of(out + ".cursor"));
        books().book(random, 5);
        books().run(0, export);
        Files.writeString(Path.of(out + ".cursor"), cursor);
        Files.writeString(out.resolve("." + Parts.name(999, ".csv") + Parts.UNFINISHED), "torn");
        books().run(0, export);
        BigDecimal sum = BigDecimal.ZERO;
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                sum = sum.add(sum(records(Files.readString(file)), "amount"));
            }
        }
        assertAmount(spent(), sum);
    }

    @Test
    void focus_hasTheMandatoryColumns_andSumsToTheReport() throws IOException {
        Path out = home.resolve("focus.csv");
        books().run(0, "export", "--format", "focus", "--out", out.toString());
        List<NamedCsvRecord> rows = records(Files.readString(out));
        assertAmount(spent(), sum(rows, "BilledCost"));
        assertAmount(spent(), sum(rows, "EffectiveCost"));
        NamedCsvRecord first = rows.get(0);
        assertTrue(
                first.getHeader().containsAll(FOCUS_MANDATORY),
                first.getHeader().toString());
        assertEquals("org_1", first.getField("BillingAccountId"));
        assertEquals("2026-11-01T00:00:00Z", first.getField("BillingPeriodStart"));
        assertEquals("2026-12-01T00:00:00Z", first.getField("BillingPeriodEnd"));
        assertTrue(rows.stream().anyMatch(row -> row.getField("ChargeClass").equals("Correction")));
        for (NamedCsvRecord row : rows) {
            if (!row.getField("ListUnitPrice").isEmpty()) {
                assertAmount(
                        decimal(row.getField("ListCost")),
                        decimal(row.getField("ListUnitPrice")).multiply(decimal(row.getField("PricingQuantity"))));
                assertAmount(
                        decimal(row.getField("ContractedCost")),
                        decimal(row.getField("ContractedUnitPrice"))
                                .multiply(decimal(row.getField("PricingQuantity"))));
            }
            JsonNode tags = new ObjectMapper().readTree(row.getField("Tags"));
            assertFalse(tags.path("user").asText().isEmpty());
        }
        JsonNode metadata = new ObjectMapper().readTree(Files.readString(home.resolve("focus.csv.metadata.json")));
        assertEquals("1.3", metadata.path("Schema").path("FocusVersion").asText());
        assertEquals(
                first.getHeader().size(),
                metadata.path("Schema").path("ColumnDefinition").size());
    }

    private static final List<String> FOCUS_MANDATORY = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodEnd",
            "BillingPeriodStart",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargePeriodEnd",
            "ChargePeriodStart",
            "ContractedCost",
            "EffectiveCost",
            "HostProviderName",
            "InvoiceIssuerName",
            "ListCost",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName",
            "ServiceProviderName");

    @Test
    void focus_byDay_sumsToTheReportAsWell() {
        List<NamedCsvRecord> rows = records(books().run(0, "export", "--format", "focus", "--what", "daily"));
        assertAmount(spent(), sum(rows, "BilledCost"));
        assertTrue(
                rows.stream().allMatch(row -> row.getField("ChargePeriodStart").endsWith("T00:00:00Z")));
        assertEquals("org_1", rows.get(0).getField("BillingAccountId"));
    }

    @Test
    void ccusage_hasItsKeysAndNoOthers_costsAsNumbers() throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        JsonNode daily = mapper.readTree(books().run(0, "export", "--format", "ccusage"));
        assertEquals(5, daily.path("daily").size());
        List<String> keys = new ArrayList<>();
        daily.path("daily").get(0).fieldNames().forEachRemaining(keys::add);
        assertEquals(
                List.of(
                        "date",
                        "inputTokens",
                        "outputTokens",
                        "cacheCreationTokens",
                        "cacheReadTokens",
                        "totalTokens",
                        "totalCost",
                        "modelsUsed",
                        "modelBreakdowns"),
                keys);
        assertTrue(daily.path("totals").path("totalCost").isNumber());
        assertAmount(spent(), daily.path("totals").path("totalCost").decimalValue());
        JsonNode sessions = mapper.readTree(books().run(0, "export", "--format", "ccusage", "--what", "session"));
        assertTrue(sessions.path("sessions").get(0).path("sessionId").asText().startsWith("s-"));
        JsonNode months = mapper.readTree(books().run(0, "export", "--format", "ccusage", "--what", "monthly"));
        assertEquals("2026-11", months.path("monthly").get(0).path("month").asText());
        assertAmount(spent(), months.path("totals").path("totalCost").decimalValue());
    }

    @Test
    void wrongUse_isSaid_andNothingIsOverwritten() throws IOException {
        books().run(2, "export", "--format", "xml");
        assertTrue(books().err().contains("expected csv, focus, parquet or ccusage"), books().err());
        books().run(2, "export", "--format", "parquet", "--out", home + "/file");
        assertTrue(books().err().contains("expected a directory for parquet"), books().err());
        books().run(2, "export", "--cursor", home + "/c");
        assertTrue(books().err().contains("no --out"), books().err());
        books().run(2, "export", "--format", "ccusage", "--what", "lines");
        Path file = Files.writeString(home.resolve("yesterday.csv"), "kept");
        books().run(1, "export", "--out", file.toString(), "--cursor", home + "/c");
        assertEquals("kept", Files.readString(file));
        books().run(0, "export", "--out", home + "/parts/", "--cursor", home + "/c");
        books().run(1, "export", "--what", "lines", "--out", home + "/parts/", "--cursor", home + "/c");
        assertTrue(books().err().contains("the cursor of another export (csv entries)"), books().err());
        books().run(1, "export", "--out", home + "/parts/");
        assertTrue(books().err().contains("found parts of an earlier export"), books().err());
    }

    /** Books that break off after so many pages of ten. */
    private static UnaryOperator<Reports> breaking(int pages) {
        int[] asked = {0};
        return reports -> (Reports) Proxy.newProxyInstance(
                Reports.class.getClassLoader(), new Class<?>[] {Reports.class}, (proxy, method, args) -> {
                    Object[] passed = args;
                    if (method.getName().equals("arrivals")) {
                        if (asked[0]++ == pages) {
                            throw new CommandFailure("the connection broke");
                        }
                        ArrivalQuery query = (ArrivalQuery) args[0];
                        passed = new Object[] {new ArrivalQuery(query.from(), query.until(), query.after(), 10)};
                    }
                    try {
                        Object answer = method.invoke(reports, passed);
                        return answer instanceof Arrivals arrivals ? arrivals : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Connection duck() throws SQLException {
        assertTrue(new DuckDBDriver().acceptsURL("jdbc:duckdb:"));
        return DriverManager.getConnection("jdbc:duckdb:");
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return String.valueOf(rows.getString(1));
        }
    }

    private static BigDecimal amount(ResultSet rows, int column) throws SQLException {
        BigDecimal amount = rows.getBigDecimal(column);
        return amount == null ? BigDecimal.ZERO : amount;
    }

    @Test
    void anAmountTooLargeForTheColumn_isRefused() {
        assertThrows(ArithmeticException.class, () -> {
            try (ParquetOutput<Integer> output = new ParquetOutput<>(
                    home.resolve("large"),
                    List.of(new Field<>("amount", ColumnType.AMOUNT, n -> BigDecimal.ONE.movePointRight(30))),
                    n -> ExportBooks.FIRST,
                    "test",
                    0)) {
                output.add(1);
            }
        });
    }
}
