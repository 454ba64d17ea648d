package dev.reckoner.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.app.output.Text;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.BatchRecord;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.BatchState;
import dev.reckoner.ledger.KeyRef;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code batches} through the real command line, on books in memory. */
final class BatchesCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private final MemoryReports books = new MemoryReports();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path home;

    @Test
    void batches_table_saysWhatIsNotInTheBooks() {
        bookBatches();
        assertEquals(0, run("batches"));
        String table = out.toString();
        assertTrue(table.contains("msgbatch_01HkcTjaV5uDC8jWR4ZsDV8d"), table);
        assertTrue(table.contains("ada "), table);
        assertTrue(table.contains("uncollected: ended"), table);
        assertTrue(table.contains("$0.1234"), table);
        table.lines().forEach(line -> assertTrue(Text.columns(line) <= 80, line));
    }

    @Test
    void batches_jsonAndCsv_haveEveryColumnExact() throws Exception {
        bookBatches();
        assertEquals(0, run("batches", "collected", "--json"));
        JsonNode first =
                new ObjectMapper().readTree(out.toString()).path("batches").path(0);
        assertEquals("collected", first.path("state").asText());
        assertEquals("0.12345", first.path("amount").asText());
        assertEquals(2, first.path("items").path("succeeded").asInt());
        out.getBuffer().setLength(0);
        assertEquals(0, run("batches", "--csv", "--limit", "1"));
        List<String> lines = out.toString().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(1).endsWith(",0,2,1,0,0,3,0.12345"), lines.get(1));
    }

    @Test
    void batches_none_saysSo() {
        assertEquals(0, run("batches"));
        assertEquals("No batches.", out.toString().strip());
    }

    @Test
    void batches_wrongChoice_saysWhichThereAre() {
        assertEquals(2, run("batches", "lost"));
        assertTrue(err.toString().contains("one of all, open, ended, collected, uncollected"), err.toString());
        assertEquals(2, run("batches", "--limit", "0"));
    }

    private void bookBatches() {
        Instant created = Instant.parse("2026-11-21T10:00:00Z");
        BatchState ended = new BatchState("ended", created, created, created, new BatchState.Counts(0, 2, 1, 0, 0));
        Attribution ada = new Attribution(
                new Attribution.Part("ada", Attribution.Source.PATH), null, null, null, List.of(), KeyRef.NONE, null);
        books.batches.add(new BatchRow(
                new BatchRecord("msgbatch_01HkcTjaV5uDC8jWR4ZsDV8d", 3, null, ada, null, ended, created, created),
                3,
                new BigDecimal("0.12345")));
        books.batches.add(new BatchRow(
                new BatchRecord(
                        "msgbatch_01HkcTjaV5uDC8jWR4ZsDV8e", 2, null, Attribution.NONE, null, ended, created, null),
                0,
                BigDecimal.ZERO));
    }

    private int run(String... args) {
        Map<String, String> env = Map.of("HOME", home.toString());
        Shell shell = new Shell(new PrintWriter(out, true), new PrintWriter(err, true), env, CLOCK, false, 80);
        return new CommandTree(shell, (settings, console) -> MemoryBooks.open(books))
                .commandLine(List.of())
                .execute(args);
    }
}
