package dev.reckoner.app.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.reckoner.simulator.admin.BillLine;
import dev.reckoner.simulator.admin.CostType;
import dev.reckoner.simulator.admin.Terms;
import dev.reckoner.simulator.admin.TokenKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reconciling without an Admin key, from the two files that the Console exports. */
final class ConsoleFilesTest {

    private static final Map<String, String> NAMES = Map.of(
            "claude-opus-5-5", "Claude Opus 5.5",
            "claude-sonnet-5-5", "Claude Sonnet 5.5",
            "claude-haiku-5-5", "Claude Haiku 5.5");

    private static final Map<TokenKind, String> TOKEN_TYPES = Map.of(
            TokenKind.INPUT, "input_no_cache",
            TokenKind.CACHE_READ, "input_cache_read",
            TokenKind.CACHE_WRITE_5M, "input_cache_write_5m",
            TokenKind.CACHE_WRITE_1H, "input_cache_write_1h",
            TokenKind.OUTPUT, "output");

    private static final List<TokenKind> COLUMNS = List.of(
            TokenKind.INPUT,
            TokenKind.CACHE_WRITE_5M,
            TokenKind.CACHE_WRITE_1H,
            TokenKind.CACHE_READ,
            TokenKind.OUTPUT);

    @TempDir
    private Path directory;

    private BilledServer billed;

    @BeforeEach
    void serve() throws Exception {
        billed = new BilledServer(directory);
        billed.simulator.admin().key("app", BilledServer.secret(0), null);
        billed.simulator.admin().key("nightly", BilledServer.secret(1), null);
        billed.env.remove("ANTHROPIC_ADMIN_KEY");
    }

    @AfterEach
    void close() {
        billed.close();
    }

    private List<BillLine> bill() {
        Instant now = Clock.systemUTC().instant();
        return billed.simulator.admin().bill(now.minus(Duration.ofDays(2)), now.plus(Duration.ofDays(2)));
    }

    private String name(Terms terms) {
        String app = billed.simulator.admin().key("app", BilledServer.secret(0), null);
        return app.equals(terms.apiKeyId()) ? "app" : "nightly";
    }

    private Path costs(String dearer) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "usage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,list_price_usd,"
                        + "cost_type,inference_geo,speed,api_key_id,api_key_status"));
        for (BillLine line : bill()) {
            assertEquals(CostType.TOKENS, line.costType());
            String usd = line.amountUsd().toPlainString();
            String cost = line.kind() == TokenKind.OUTPUT ? usd + dearer : usd;
            lines.add(String.join(
                    ",",
                    billed.today.toString(),
                    NAMES.get(line.terms().model()),
                    "Default",
                    name(line.terms()),
                    "message",
                    "≤ 200k",
                    TOKEN_TYPES.get(line.kind()),
                    cost,
                    cost,
                    "token",
                    line.terms().geo(),
                    "",
                    line.terms().apiKeyId(),
                    "active"));
        }
        return Files.write(directory.resolve("cost.csv"), lines);
    }

    private Path usage() throws IOException {
        List<String> lines = new ArrayList<>(List.of("\uFEFFusage_date_utc,model_version,api_key,workspace,usage_type,"
                + "context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,"
                + "usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,"
                + "web_search_count,inference_geo,speed"));
        for (BillLine line : bill()) {
            List<String> counts = COLUMNS.stream()
                    .map(kind -> kind == line.kind() ? line.quantity().toBigIntegerExact() + "" : "0")
                    .toList();
            lines.add(String.join(
                    ",",
                    billed.today + " 03:00",
                    line.terms().model(),
                    name(line.terms()),
                    "Default",
                    "standard",
                    "≤ 200k",
                    String.join(",", counts),
                    "0",
                    line.terms().geo(),
                    ""));
        }
        return Files.writeString(directory.resolve("usage.csv"), String.join("\r\n", lines));
    }

    private Path keys() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(billed.simulator.url() + "/v1/organizations/api_keys"))
                .header("x-api-key", "sk-ant-admin01-test")
                .header("anthropic-version", "2023-06-01")
                .build();
        HttpResponse<String> page = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return Files.writeString(directory.resolve("keys.json"), page.body());
    }

    @Test
    void exactExports_matchToTheLastDigit() throws Exception {
        String costs = costs("").toString();

        assertEquals(0, billed.reconcile("--from-file", costs, usage().toString()), billed.out + "" + billed.err);
        assertTrue(billed.out.toString().startsWith("Matched exactly: billed $"), billed.out.toString());
        assertTrue(billed.out.toString().contains("traffic can't be told apart by key"), billed.out.toString());

        assertEquals(
                0,
                billed.reconcile("--from-file", costs, usage().toString(), keys().toString()),
                billed.out + "" + billed.err);
        assertTrue(billed.out.toString().contains("100.00 % of the billed tokens"), billed.out.toString());
    }

    @Test
    void keyBesideTheProxy_isNamedAsTheExportNamesIt() throws Exception {
        String keys = keys().toString();
        String beside = Files.readString(usage()).replace(",nightly,", ",beside,");
        Path usage = Files.writeString(directory.resolve("usage.csv"), beside);

        assertEquals(3, billed.reconcile("--from-file", costs("").toString(), usage.toString(), keys));

        assertTrue(billed.out.toString().contains("the ledger never saw key beside."), billed.out.toString());
    }

    @Test
    void otherAmounts_areFoundAsPrices() throws Exception {
        assertEquals(
                3, billed.reconcile("--from-file", costs("1").toString(), usage().toString()), billed.err.toString());

        assertTrue(billed.out.toString().contains("rate: the tokens agree; $"), billed.out.toString());
    }
}
