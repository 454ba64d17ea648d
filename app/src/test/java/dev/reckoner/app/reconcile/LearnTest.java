package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.simulator.admin.PriceChange;
import dev.reckoner.simulator.admin.TokenKind;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vendor whose prices aren't the rate table's, and the way from its bill to books that match. */
final class LearnTest {

    @TempDir
    private Path directory;

    private BilledServer billed;
    private LocalDate yesterday;

    @BeforeEach
    void serve() throws Exception {
        billed = new BilledServer(directory);
        yesterday = billed.today.minusDays(1);
    }

    @AfterEach
    void close() {
        billed.close();
    }

    private String said() {
        return billed.out.toString().replaceAll("\\s+", " ");
    }

    private int learn(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "rates",
                "learn",
                "--from",
                yesterday.toString(),
                "--to",
                billed.today.plusDays(1).toString()));
        words.addAll(List.of(more));
        return billed.run(words);
    }

    private void applyAndMatch() throws Exception {
        assertEquals(0, learn("--apply"), billed.err.toString());
        assertTrue(said().contains("reckoner rerate --since " + billed.today + " --apply"), said());
        assertEquals(0, billed.run(List.of("rates", "reload")), billed.err.toString());
        assertEquals(
                0, billed.run(List.of("rerate", "--since", billed.today.toString(), "--apply")), billed.err.toString());
        assertEquals(0, billed.reconcile(), billed.out + billed.err.toString());
        assertTrue(said().startsWith("Matched exactly"), said());
        assertEquals(0, learn(), billed.err.toString());
        assertTrue(said().startsWith("Nothing to learn"), said());
    }

    @Test
    void anotherPrice_isLearned_andTheNextReconciliationMatches() throws Exception {
        billed.simulator
                .admin()
                .price(new PriceChange("claude-sonnet-5-5", TokenKind.OUTPUT, yesterday, new BigDecimal("12")));
        assertEquals(3, billed.reconcile(), billed.out.toString());
        assertTrue(said().contains("rate +$"), said());
        String before = Files.readString(billed.rates);

        assertEquals(0, learn(), billed.err.toString());
        assertTrue(said().contains("sonnet-5-5 standard output"), said());
        assertTrue(said().contains("Nothing is written yet"), said());
        assertEquals(before, Files.readString(billed.rates));
        assertEquals(0, learn("--csv"), billed.err.toString());
        assertTrue(billed.out.toString().contains("rate,claude-sonnet-5-5,,"), billed.out.toString());
        assertEquals(0, learn("--json"), billed.err.toString());
        assertTrue(billed.out.toString().contains("\"output\" : \"12\""), billed.out.toString());

        applyAndMatch();
    }

    @Test
    void discount_isLearned_andTheNextReconciliationMatches() throws Exception {
        billed.simulator.admin().discount(yesterday, new BigDecimal("0.85"));
        assertEquals(3, billed.reconcile(), billed.out.toString());
        applyAndMatch();
        assertTrue(
                Files.readString(billed.rates).contains("discount,*," + billed.today), Files.readString(billed.rates));
    }

    @Test
    void fileThatIsNotConfigured_isMade_andOneThatLacksAColumnIsRefused() throws Exception {
        billed.simulator.admin().discount(yesterday, new BigDecimal("0.85"));
        Path fresh = directory.resolve("agreed.csv");
        assertEquals(0, learn("--apply", "--file", fresh.toString()), billed.err.toString());
        assertTrue(said().contains("Add it to rating.rates_files"), said());
        assertTrue(Files.readString(fresh).startsWith("kind,model_id,"), Files.readString(fresh));

        Path narrow = directory.resolve("narrow.csv");
        String header = "model_id,input,output,inference_geo_us_multiplier\n";
        Files.writeString(narrow, header);
        assertEquals(1, learn("--apply", "--file", narrow.toString()));
        assertTrue(billed.err.toString().contains("found no column \"kind\""), billed.err.toString());
        assertEquals(header, Files.readString(narrow));

        billed.env.remove("RECKONER_RATING_RATES_FILES");
        assertEquals(1, learn("--apply"));
        assertTrue(billed.err.toString().contains("no rate file"), billed.err.toString());
    }
}
