package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.batches.BatchCreateParams;
import com.anthropic.models.messages.batches.MessageBatch;
import com.anthropic.models.messages.batches.MessageBatchIndividualResponse;
import com.anthropic.services.blocking.messages.BatchService;
import dev.reckoner.app.LoopbackSettings;
import dev.reckoner.app.serve.RunningServer;
import dev.reckoner.config.RateTables;
import dev.reckoner.config.Settings;
import dev.reckoner.console.ReportsClient;
import dev.reckoner.ledger.BatchItem;
import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.Charge;
import dev.reckoner.ledger.Entry;
import dev.reckoner.ledger.RatingStatus;
import dev.reckoner.ledger.Reports;
import dev.reckoner.ledger.Route;
import dev.reckoner.ledger.StoredEntry;
import dev.reckoner.simulator.Bill;
import dev.reckoner.simulator.ItemEnding;
import dev.reckoner.simulator.ItemReceipt;
import dev.reckoner.simulator.Simulator;
import dev.reckoner.simulator.SimulatorOptions;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches with the vendor's own Java SDK through a running server: booked once, to their creator, as billed. */
final class BatchesTest {
    private static final int ITEMS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void results_downloadedByAnyoneTwice_areBookedOnceToTheCreator_asBilled() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().gzip(true));
                RunningServer server = start(simulator, "false")) {
            String batchId;
            try (Sdk ada = sdk(server, "/u/ada")) {
                batchId = create(ada).id();
            }
            for (String other : List.of("/u/grace", "/t/audit")) {
                try (Sdk sdk = sdk(server, other)) {
                    assertEquals(
                            MessageBatch.ProcessingStatus.ENDED,
                            sdk.batches().retrieve(batchId).processingStatus());
                    assertEquals(ITEMS + 1, download(sdk, batchId).size());
                    assertEquals(1, sdk.batches().list().data().size());
                }
            }
            Reports reports = new ReportsClient(server.console(), null);
            assertBooked(simulator, settled(reports, ITEMS + 1), "ada");
            BatchRow row = batch(reports);
            assertTrue(row.batch().collectedAt() != null);
            assertEquals(ITEMS + 1, row.itemsBooked());
            assertTrue(reports.verify().clean(), () -> String.valueOf(reports.verify()));
        }
    }

    @Test
    void results_nobodyDownloads_areCollected() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults());
                RunningServer server = start(simulator, "true")) {
            try (Sdk ada = sdk(server, "/u/ada")) {
                create(ada);
            }
            Reports reports = new ReportsClient(server.console(), null);
            assertBooked(simulator, settled(reports, ITEMS + 1), "ada");
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (batch(reports).batch().collectedAt() == null) {
                assertTrue(System.nanoTime() < deadline, "not collected");
                new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Test
    void batch_canceled_booksWhatWasDone() throws Exception {
        SimulatorOptions slow = SimulatorOptions.defaults().batchTime(Duration.ofHours(12));
        try (Simulator simulator = Simulator.start(slow);
                RunningServer server = start(simulator, "false");
                Sdk ada = sdk(server, "/u/ada")) {
            String batchId = create(ada).id();
            assertEquals(
                    MessageBatch.ProcessingStatus.CANCELING,
                    ada.batches().cancel(batchId).processingStatus());
            download(ada, batchId);

            List<Entry> items = settled(new ReportsClient(server.console(), null), ITEMS + 1);
            for (Entry item : items) {
                assertEquals("batch_item_canceled", item.charge().reason());
                assertEquals(RatingStatus.NOT_BILLED, item.charge().status());
            }
        }
    }

    private static MessageBatch create(Sdk sdk) {
        BatchCreateParams.Builder batch = BatchCreateParams.builder();
        for (int i = 0; i < ITEMS; i++) {
            String model = i % 2 == 0 ? "claude-sonnet-5-5" : "claude-opus-5-5";
            batch.addRequest(request("item-" + i, model, "question ".repeat(i + 1)));
        }
        return sdk.batches()
                .create(batch.addRequest(request("bad", "claude-of-nowhere", "hello"))
                        .build());
    }

    private static BatchCreateParams.Request request(String customId, String model, String text) {
        return BatchCreateParams.Request.builder()
                .customId(customId)
                .params(BatchCreateParams.Request.Params.builder()
                        .model(model)
                        .maxTokens(100)
                        .addUserMessage(text)
                        .build())
                .build();
    }

    private static List<MessageBatchIndividualResponse> download(Sdk sdk, String batchId) {
        List<MessageBatchIndividualResponse> all = new ArrayList<>();
        try (StreamResponse<MessageBatchIndividualResponse> results =
                sdk.batches().resultsStreaming(batchId)) {
            results.stream().forEach(all::add);
        }
        return all;
    }

    /** Each item of the simulator's bill has one entry with the same counts and the same amount, and no other is there. */
    private static void assertBooked(Simulator simulator, List<Entry> entries, String user) {
        Map<BatchItem, Entry> byItem = new HashMap<>();
        for (Entry entry : entries) {
            BatchItem item = entry.closing().opening().item();
            assertTrue(item != null && byItem.put(item, entry) == null, () -> "booked twice: " + entry);
        }
        BigDecimal billed = BigDecimal.ZERO;
        BigDecimal charged = BigDecimal.ZERO;
        for (ItemReceipt receipt : simulator.batchItems()) {
            Entry entry = byItem.remove(new BatchItem(receipt.batchId(), receipt.customId()));
            assertTrue(entry != null, () -> "not booked: " + receipt);
            var part = entry.closing().opening().attribution().user();
            assertEquals(user, part == null ? "" : part.value());
            Charge charge = entry.charge();
            assertEquals(receipt.billed(), Comparison.counts(entry));
            boolean served = receipt.ending() == ItemEnding.SUCCEEDED;
            assertEquals(served ? RatingStatus.RATED : RatingStatus.NOT_BILLED, charge.status(), charge::toString);
            billed = billed.add(new Bill().charge(receipt).orElse(BigDecimal.ZERO));
            charged = charged.add(charge.amount());
        }
        assertEquals(Map.of(), byItem);
        assertTrue(billed.signum() > 0);
        assertEquals(0, billed.compareTo(charged), billed + " != " + charged);
    }

    private static List<Entry> settled(Reports reports, int items) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<Entry> booked = Stack.entries(reports).stream()
                    .map(StoredEntry::entry)
                    .filter(entry -> entry.closing().opening().route() == Route.BATCH_ITEM)
                    .toList();
            if (booked.size() >= items && reports.lag().frames() == 0) {
                return booked;
            }
            assertTrue(
                    System.nanoTime() < deadline,
                    () -> "booked "
                            + new TreeSet<>(booked.stream()
                                    .map(entry -> String.valueOf(
                                            entry.closing().opening().item()))
                                    .toList()));
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
    }

    private static BatchRow batch(Reports reports) {
        List<BatchRow> rows = reports.batches(new BatchQuery(BatchQuery.Which.ALL, 10));
        assertEquals(1, rows.size());
        return rows.get(0);
    }

    private RunningServer start(Simulator simulator, String collect) {
        Settings settings = LoopbackSettings.of(
                simulator.url(),
                directory.resolve("books"),
                Map.of("batches.collect", collect, "batches.poll_interval", "1s"));
        return RunningServer.start(settings, RateTables.builtIn(), Map.of(), Clock.systemUTC());
    }

    private static Sdk sdk(RunningServer server, String prefix) {
        URI base = server.proxy();
        return new Sdk(AnthropicOkHttpClient.builder()
                .apiKey("sk-ant-api03-batches-of-" + prefix.substring(3))
                .baseUrl(base + prefix)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(30))
                .build());
    }

    /** The SDK's client of one user. */
    private record Sdk(AnthropicClient client) implements AutoCloseable {
        BatchService batches() {
            return client.messages().batches();
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
