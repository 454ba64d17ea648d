package dev.reckoner.reconcile.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.vendor.AdminApiException;
import dev.reckoner.reconcile.vendor.Pulled;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saved pages, told apart by what they hold. */
final class SavedReportsTest {

    private static final ReconcileRequest NOVEMBER =
            new ReconcileRequest(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-30"), BigDecimal.ZERO);

    @TempDir
    Path directory;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String bucket(String day, String result) {
        return "{\"starting_at\":\"" + day + "T00:00:00Z\",\"results\":[" + result + "]}";
    }

    @Test
    void everyKindOfPage_isRead_andOtherDaysAreLeftOut() throws Exception {
        String cost = "{\"amount\":\"150\",\"currency\":\"USD\",\"cost_type\":\"tokens\",\"model\":\"m\"}";
        Path costs = file(
                "costs.json",
                "[{\"data\":[" + bucket("2026-11-02", cost) + "]},{\"data\":[" + bucket("2026-12-01", cost) + "]}]");
        Path usage = file(
                "usage.json", "{\"data\":[" + bucket("2026-11-02", "{\"model\":\"m\",\"output_tokens\":5}") + "]}");
        Path keys = file(
                "keys.json",
                "{\"data\":[{\"id\":\"apikey_1\",\"name\":\"n\",\"partial_key_hint\":\"sk-ant-api03-abc...wxyz\"}]}");
        Path workspaces =
                file("workspaces.json", "{\"data\":[{\"id\":\"wrkspc_1\",\"name\":\"One\",\"type\":\"workspace\"}]}");
        Path empty = file("empty.json", "{\"data\":[]}");

        Pulled pulled = SavedReports.read(List.of(costs, usage, keys, workspaces, empty), NOVEMBER);

        assertEquals(1, pulled.costs().size());
        assertEquals(0, new BigDecimal("1.5").compareTo(pulled.costs().get(0).amount()));
        assertEquals(5, pulled.usage().get(0).quantity());
        assertEquals("sk-ant-api03-abc...wxyz", pulled.keys().get(0).hint());
        assertEquals("One", pulled.workspaces().get("wrkspc_1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "usage_date_utc,model|found something that isn't JSON",
                "{\"data\":|it isn't JSON",
                "{\"rows\":[]}|it has no list \"data\"",
                "{\"data\":[{\"x\":1}]}|its data is neither"
            })
    void anythingElse_isRefusedWithTheNameOfTheFile(String text, String reason) throws Exception {
        List<Path> files = List.of(file("saved.json", text));

        String message = assertThrows(AdminApiException.class, () -> SavedReports.read(files, NOVEMBER))
                .getMessage();

        assertTrue(
                String.valueOf(message).contains("saved.json: ")
                        && String.valueOf(message).contains(reason),
                message);
    }

    @Test
    void missingFile_isNamed() {
        List<Path> files = List.of(directory.resolve("gone.json"));
        String message = assertThrows(AdminApiException.class, () -> SavedReports.read(files, NOVEMBER))
                .getMessage();
        assertTrue(String.valueOf(message).contains("gone.json: it can't be read"), message);
    }
}
