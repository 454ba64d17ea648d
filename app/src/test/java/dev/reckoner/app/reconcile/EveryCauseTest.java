package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month in which every cause is planted at once: each is found with its exact amount, and nothing is left unknown. */
final class EveryCauseTest {
    private static final long SEED = 20_261_122;

    @TempDir
    private Path directory;

    @Test
    void everyCause_plantedAtOnce_isFoundWithItsExactAmount() throws Exception {
        System.out.println("seed " + SEED);
        try (PlantedMonth planted = new PlantedMonth(directory)) {
            planted.month.traffic(new Random(SEED), 600);
            planted.finish();

            assertEquals(3, planted.month.reconcile("--format", "json"), planted.month.err());

            Map<String, BigDecimal> found = causes(planted.month.out());
            assertEquals(planted.planted.keySet(), found.keySet());
            planted.planted.forEach((cause, amount) -> assertEquals(
                    0,
                    amount.compareTo(found.get(cause)),
                    () -> cause + ": planted " + planted.planted + ", found " + found));
        }
    }

    private static Map<String, BigDecimal> causes(String json) throws Exception {
        Map<String, BigDecimal> causes = new TreeMap<>();
        for (JsonNode cause : new ObjectMapper().readTree(json).path("causes")) {
            causes.put(
                    cause.path("cause").asText(),
                    new BigDecimal(cause.path("amount").asText()));
        }
        return causes;
    }
}
