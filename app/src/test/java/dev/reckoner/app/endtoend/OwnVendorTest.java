package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that pull the vendor's reports, pointed at our own report API: what it says is what the books say. */
final class OwnVendorTest {
    private static final long SEED = 20261123;

    /** More than it takes until the last message. */
    private static final long DAYS = 6;

    @TempDir
    private static Path directory;

    private static ServedBooks books;
    private static LocalDate from;

    @BeforeAll
    static void serve() throws Exception {
        books = new ServedBooks(directory, SEED, 0.05);
        from = books.today();
        books.fill(SEED, 120);
    }

    @AfterAll
    static void close() {
        books.close();
    }

    private static String[] days(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(
                "--from", from.toString(), "--to", from.plusDays(DAYS - 1).toString(), "--format", "json"));
        return all.toArray(new String[0]);
    }

    private static List<ReportRow> booked(Map<Dimension, List<String>> where, Dimension... by) {
        try (OpenBooks open = books.books()) {
            return open.reports()
                    .report(new ReportQuery(
                            from.atStartOfDay(ZoneOffset.UTC).toInstant(),
                            from.plusDays(DAYS).atStartOfDay(ZoneOffset.UTC).toInstant(),
                            Bucket.ALL,
                            List.of(by),
                            where));
        }
    }

    @Test
    void books_reconciledWithThemselves_match() throws Exception {
        JsonNode result = books.command(days("reconcile"));

        assertEquals("[]", result.path("variances").toString(), result.toString());
        BigDecimal billed = new BigDecimal(result.path("billed_amount").asText());
        assertEquals(0, booked(Map.of()).get(0).sums().amount().compareTo(billed), result.toString());
        assertTrue(billed.signum() > 0);
        assertTrue(result.path("matched").asBoolean());
    }

    @Test
    void claudeCode_perPerson_isWhatTheBooksHaveOfItsTag() throws Exception {
        JsonNode people = books.command(days("claude-code")).path("people");

        List<ReportRow> rows = booked(Map.of(Dimension.TAG, List.of("client=claude-cli")), Dimension.USER);
        assertEquals(rows.size(), people.size(), people.toString());
        assertEquals(7, rows.size());
        for (ReportRow row : rows) {
            JsonNode person = null;
            for (JsonNode one : people) {
                person = one.path("name").asText().equals(row.group().get(0)) ? one : person;
            }
            assertTrue(person != null, row.toString());
            long tokens = 0;
            for (TokenType type : TokenType.values()) {
                tokens += type == TokenType.WEB_SEARCH ? 0 : row.sums().quantity(type);
            }
            assertEquals(tokens, person.path("tokens").asLong(), person.toString());
            assertEquals(
                    0,
                    row.sums()
                            .amount()
                            .compareTo(new BigDecimal(
                                    person.path("estimated_amount").asText())),
                    person.toString());
            assertEquals("e-mail", person.path("same").asText());
            int sessions = person.path("sessions").asInt();
            assertTrue(sessions >= 1 && sessions <= 3 * DAYS, person.toString());
        }
    }

    @Test
    void organization_isWhatTheBooksHaveSeen() throws Exception {
        JsonNode organization = books.command("organization", "--format", "json");

        assertEquals(2, organization.path("keys").size(), organization.toString());
        assertEquals(7, organization.path("users").size(), organization.toString());
        assertEquals(
                booked(Map.of(), Dimension.WORKSPACE).stream()
                        .filter(row -> !row.group().get(0).isEmpty())
                        .count(),
                organization.path("workspaces").size(),
                organization.toString());
    }
}
