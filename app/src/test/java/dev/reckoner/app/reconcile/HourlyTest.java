package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.config.SettingsLoader;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.HourlyUsage;
import dev.reckoner.reconcile.ReconcileRequest;
import dev.reckoner.reconcile.vendor.Pulled;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The usage report by the hour, pulled beside the daily one of real traffic. */
final class HourlyTest {

    @TempDir
    private Path directory;

    private static Map<Object, Long> perDay(List<BilledUsage> usage) {
        Map<Object, Long> sums = new TreeMap<>();
        usage.forEach(used -> sums.merge(used.cell() + " " + used.apiKeyId(), used.quantity(), Long::sum));
        return sums;
    }

    @Test
    void hours_sumToTheDays_andAreAskedForOnlyWhereWanted() throws Exception {
        try (BilledServer billed = new BilledServer(directory);
                OpenBooks books = billed.books()) {
            ReconcileRequest days =
                    new ReconcileRequest(billed.today.minusDays(1), billed.today.plusDays(1), BigDecimal.ZERO);
            AdminPull pull = new AdminPull(
                    billed.shell(),
                    SettingsLoader.load(null, billed.env, Map.of()).settings(),
                    books.archive());

            Pulled pulled = pull.days(days);
            assertFalse(billed.err.toString().contains("by the hour"), billed.err.toString());
            assertEquals(Map.of(), pulled.hours().of(Set.of()));
            Map<LocalDate, List<HourlyUsage>> hours =
                    pulled.hours().of(Set.of(billed.today, billed.today.minusDays(1)));

            assertTrue(billed.err.toString().contains("usage report by the hour"), billed.err.toString());
            assertEquals(Set.of(billed.today, billed.today.minusDays(1)), hours.keySet());
            List<BilledUsage> summed = hours.values().stream()
                    .flatMap(List::stream)
                    .map(used -> new BilledUsage(used.cell(), used.apiKeyId(), used.quantity()))
                    .toList();
            assertFalse(summed.isEmpty());
            assertEquals(perDay(pulled.usage()), perDay(summed));
        }
    }
}
