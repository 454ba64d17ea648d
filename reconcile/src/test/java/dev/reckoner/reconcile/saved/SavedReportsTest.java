package dev.reckoner.reconcile.saved;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.config.RateTables;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.HourlyUsage;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.vendor.AdminApiException;
import dev.reckoner.reconcile.vendor.Pulled;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saved pages, told apart by what they hold. */
final class SavedReportsTest {

    private static final ReconcileRequest NOVEMBER =
            new ReconcileRequest(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-30"), BigDecimal.ZERO);

    private static final String COST =
            "{\"amount\":\"150\",\"currency\":\"USD\",\"cost_type\":\"tokens\",\"model\":\"m\"}";

    @TempDir
    Path directory;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static Pulled read(Path... files) {
        return SavedReports.read(List.of(files), RateTables.builtIn(), NOVEMBER);
    }

    /** A cost report of a day that no other file here has. */
    private Path costs() throws IOException {
        return file("cost.json", "{\"data\":[" + bucket("2026-11-29", COST) + "]}");
    }

    private static String bucket(String day, String result) {
        return "{\"starting_at\":\"" + day + "T00:00:00Z\",\"results\":[" + result + "]}";
    }

    @Test
    void everyKindOfPage_isRead_andOtherDaysAreLeftOut() throws Exception {
        Path costs = file(
                "costs.json",
                "[{\"data\":[" + bucket("2026-11-02", COST) + "]},{\"data\":[" + bucket("2026-12-01", COST) + "]}]");
        Path usage = file(
                "usage.json", "{\"data\":[" + bucket("2026-11-02", "{\"model\":\"m\",\"output_tokens\":5}") + "]}");
        Path keys = file(
                "keys.json",
                "{\"data\":[{\"id\":\"apikey_1\",\"name\":\"n\",\"partial_key_hint\":\"sk-ant-api03-abc...wxyz\"}]}");
        Path workspaces =
                file("workspaces.json", "{\"data\":[{\"id\":\"wrkspc_1\",\"name\":\"One\",\"type\":\"workspace\"}]}");
        Path empty = file("empty.json", "{\"data\":[]}");

        Pulled pulled = read(costs, usage, keys, workspaces, empty);

        assertEquals(1, pulled.costs().size());
        assertEquals(0, new BigDecimal("1.5").compareTo(pulled.costs().get(0).amount()));
        assertEquals(5, pulled.usage().get(0).quantity());
        assertEquals("sk-ant-api03-abc...wxyz", pulled.keys().get(0).hint());
        assertEquals("One", pulled.workspaces().get("wrkspc_1"));
    }

    private static String hours(String day, int count) {
        return IntStream.range(0, count)
                .mapToObj(hour -> "{\"starting_at\":\"" + hour(day, hour) + "\",\"ending_at\":\"" + hour(day, hour + 1)
                        + "\",\"results\":[{\"model\":\"m\",\"output_tokens\":2,\"api_key_id\":\"apikey_1\"}]}")
                .collect(Collectors.joining(",", "{\"data\":[", "]}"));
    }

    private static Instant hour(String day, int hour) {
        return Instant.parse(day + "T00:00:00Z").plus(Duration.ofHours(hour));
    }

    private static long tokens(Pulled pulled) {
        return pulled.usage().stream().mapToLong(BilledUsage::quantity).sum();
    }

    @Test
    void hourlyPages_standBesideTheDailyOnes_andCountOnce() throws Exception {
        Path hourly = file("hourly.json", hours("2026-11-02", 24));
        Path daily = file(
                "daily.json", "{\"data\":[" + bucket("2026-11-02", "{\"model\":\"m\",\"output_tokens\":48}") + "]}");

        Pulled pulled = read(costs(), daily, hourly, hourly);

        assertEquals(48, tokens(pulled));
        LocalDate day = LocalDate.parse("2026-11-02");
        List<HourlyUsage> hours =
                pulled.hours().of(Set.of(day, day.plusDays(1))).getOrDefault(day, List.of());
        assertEquals(24, hours.size());
        assertEquals(Instant.parse("2026-11-02T23:00:00Z"), hours.get(23).hour());
        assertEquals("apikey_1", hours.get(23).apiKeyId());
        assertEquals(Set.of(), pulled.hours().of(Set.of(day.plusDays(1))).keySet());
    }

    @Test
    void hourlyPagesAlone_makeADayOnceAllItsHoursAreThere() throws Exception {
        Path whole = file("whole.json", hours("2026-11-02", 24));
        Path broken = file("broken.json", hours("2026-11-03", 23));

        Pulled pulled = read(costs(), whole, broken);

        assertEquals(48, tokens(pulled));
        assertTrue(pulled.usageKnown());
        assertEquals(
                Set.of(LocalDate.parse("2026-11-02")),
                pulled.hours()
                        .of(Set.of(LocalDate.parse("2026-11-02"), LocalDate.parse("2026-11-03")))
                        .keySet());
        assertFalse(read(costs(), broken).usageKnown());
    }

    @Test
    void dayOfTwoFiles_isRefused_ratherThanCountedTwice() throws Exception {
        Path costs = file("a.json", "{\"data\":[" + bucket("2026-11-02", COST) + "]}");
        Path again = file("b.json", "{\"data\":[" + bucket("2026-11-02", COST) + "]}");

        String message =
                assertThrows(AdminApiException.class, () -> read(costs, again)).getMessage();

        assertTrue(String.valueOf(message).contains("b.json: it has 2026-11-02, which "), message);
    }

    @Test
    void usageAlone_isNoBill() throws Exception {
        Path usage =
                file("u.json", "{\"data\":[" + bucket("2026-11-02", "{\"model\":\"m\",\"output_tokens\":5}") + "]}");

        String message =
                assertThrows(AdminApiException.class, () -> read(usage)).getMessage();

        assertTrue(String.valueOf(message).contains("there is no bill to compare with"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "date,model|found neither JSON nor a Console export",
                "{\"data\":|it isn't JSON",
                "{\"rows\":[]}|it has no list \"data\"",
                "{\"data\":[{\"x\":1}]}|its data is none of: cost report, usage report",
                "{\"data\":[{\"starting_at\":\"2026-11-02T00:00:00Z\",\"ending_at\":\"2026-11-02T00:01:00Z\","
                        + "\"results\":[]}]}|it is a usage report by PT1M, expected one by the day or the hour"
            })
    void anythingElse_isRefusedWithTheNameOfTheFile(String text, String reason) throws Exception {
        List<Path> files = List.of(file("saved.json", text));

        String message = assertThrows(
                        AdminApiException.class, () -> SavedReports.read(files, RateTables.builtIn(), NOVEMBER))
                .getMessage();

        assertTrue(
                String.valueOf(message).contains("saved.json: ")
                        && String.valueOf(message).contains(reason),
                message);
    }

    @Test
    void missingFile_isNamed() {
        List<Path> files = List.of(directory.resolve("gone.json"));
        String message = assertThrows(
                        AdminApiException.class, () -> SavedReports.read(files, RateTables.builtIn(), NOVEMBER))
                .getMessage();
        assertTrue(String.valueOf(message).contains("gone.json: it can't be read"), message);
    }
}
