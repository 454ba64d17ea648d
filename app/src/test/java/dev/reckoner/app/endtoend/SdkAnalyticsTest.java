package dev.reckoner.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.BadRequestException;
import com.anthropic.models.beta.organization.analytics.BetaAnalyticsActorType;
import com.anthropic.models.beta.organization.analytics.BetaAnalyticsTimeBucketWidth;
import com.anthropic.models.beta.organization.analytics.BetaAnalyticsUsageCostProductFilter;
import com.anthropic.models.beta.organization.analytics.cost.BetaAnalyticsCostGroupBy;
import com.anthropic.models.beta.organization.analytics.cost.BetaAnalyticsCostItem;
import com.anthropic.models.beta.organization.analytics.cost.CostListParams;
import com.anthropic.models.beta.organization.analytics.usage.BetaAnalyticsUsageGroupBy;
import com.anthropic.models.beta.organization.analytics.usage.BetaAnalyticsUsageItem;
import com.anthropic.models.beta.organization.analytics.usage.UsageListParams;
import dev.reckoner.app.read.OpenBooks;
import dev.reckoner.ledger.Bucket;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.ReportQuery;
import dev.reckoner.ledger.ReportRow;
import dev.reckoner.ledger.TokenType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's own SDK, told nothing but another base URL, reads our books. */
final class SdkAnalyticsTest {
    private static final long SEED = 20261122;

    @TempDir
    private static Path directory;

    private static ServedBooks books;
    private static AnthropicClient sdk;
    private static LocalDate from;

    @BeforeAll
    static void serve() throws Exception {
        books = new ServedBooks(directory, SEED, 0.05);
        from = books.today();
        books.fill(SEED, 150);
        sdk = AnthropicOkHttpClient.builder()
                .baseUrl(books.server.console().toString())
                .apiKey("sk-ant-admin01-anything")
                .build();
    }

    @AfterAll
    static void close() {
        sdk.close();
        books.close();
    }

    private static OffsetDateTime at(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static UsageListParams.Builder usage() {
        return UsageListParams.builder()
                .startingAt(at(from))
                .endingAt(at(from.plusDays(2)))
                .timeBucketWidth(BetaAnalyticsTimeBucketWidth.DAY);
    }

    private static CostListParams.Builder cost() {
        return CostListParams.builder().startingAt(at(from)).endingAt(at(from.plusDays(2)));
    }

    private static List<ReportRow> booked(Dimension... by) {
        try (OpenBooks open = books.books()) {
            return open.reports()
                    .report(new ReportQuery(
                            at(from).toInstant(), at(from.plusDays(2)).toInstant(), Bucket.ALL, List.of(by), Map.of()));
        }
    }

    private static BigDecimal cents(ReportRow row) {
        return row.sums().amount().movePointRight(2);
    }

    @Test
    void usage_pagedByTheSdk_isTheBooks_andHasNoFieldThatItDoesNotKnow() {
        Map<String, Long> output = new TreeMap<>();
        Map<String, Long> requests = new TreeMap<>();
        int rows = 0;
        for (BetaAnalyticsUsageItem row : sdk.beta()
                .organization()
                .analytics()
                .usage()
                .list(usage().limit(3L)
                        .addGroupBy(BetaAnalyticsUsageGroupBy.MODEL)
                        .addGroupBy(BetaAnalyticsUsageGroupBy.ACTOR)
                        .build())
                .autoPager()) {
            row.validate();
            rows++;
            output.merge(row.group().model().orElse(""), row.usage().outputTokens(), Long::sum);
            requests.merge(
                    row.group().actor().orElseThrow().asUser().userId(),
                    row.usage().requests().orElseThrow(),
                    Long::sum);
        }
        assertTrue(rows > 30, rows + " rows");
        for (ReportRow row : booked(Dimension.MODEL)) {
            assertEquals(
                    row.sums().quantity(TokenType.OUTPUT),
                    output.remove(row.group().get(0)),
                    row.toString());
        }
        for (ReportRow row : booked(Dimension.USER)) {
            assertEquals(row.sums().exchanges(), requests.remove(row.group().get(0)), row.toString());
        }
        assertTrue(output.isEmpty() && requests.isEmpty(), output + " " + requests);
    }

    @Test
    void cost_byEveryPart_addsUpToTheBooks() {
        BigDecimal sum = BigDecimal.ZERO;
        for (BetaAnalyticsCostItem row : sdk.beta()
                .organization()
                .analytics()
                .cost()
                .list(cost().addGroupBy(BetaAnalyticsCostGroupBy.API_KEY_ID)
                        .addGroupBy(BetaAnalyticsCostGroupBy.COST_TYPE)
                        .addGroupBy(BetaAnalyticsCostGroupBy.TOKEN_TYPE)
                        .addGroupBy(BetaAnalyticsCostGroupBy.SERVICE_TIER)
                        .addGroupBy(BetaAnalyticsCostGroupBy.SPEED)
                        .addGroupBy(BetaAnalyticsCostGroupBy.INFERENCE_GEO)
                        .build())
                .autoPager()) {
            row.validate();
            assertTrue(row.cost().requests().isEmpty());
            assertEquals(row.cost().amount(), row.cost().listAmount());
            sum = sum.add(new BigDecimal(row.cost().amount()));
        }
        assertEquals(0, cents(booked().get(0)).compareTo(sum), sum.toString());
    }

    @Test
    void claudeCode_andTheRest_areTheWhole() {
        Map<String, BigDecimal> products = new TreeMap<>();
        sdk.beta()
                .organization()
                .analytics()
                .cost()
                .list(cost().addGroupBy(BetaAnalyticsCostGroupBy.PRODUCT).build())
                .autoPager()
                .forEach(row -> products.put(
                        row.group().product().orElseThrow(),
                        new BigDecimal(row.cost().amount())));
        assertEquals(List.of("claude_code", "messages_api"), List.copyOf(products.keySet()));
        BigDecimal sum = products.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(0, cents(booked().get(0)).compareTo(sum), products.toString());

        BigDecimal code = sdk
                .beta()
                .organization()
                .analytics()
                .cost()
                .list(cost().addProduct(BetaAnalyticsUsageCostProductFilter.CLAUDE_CODE)
                        .addActorType(BetaAnalyticsActorType.USER_ACTOR)
                        .build())
                .data()
                .stream()
                .map(row -> new BigDecimal(row.cost().amount()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertEquals(0, products.getOrDefault("claude_code", BigDecimal.ZERO).compareTo(code));
        assertEquals(
                0,
                booked(Dimension.TAG).stream()
                        .filter(row -> row.group().equals(List.of("client=claude-cli")))
                        .map(SdkAnalyticsTest::cents)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .compareTo(code));
    }

    @Test
    void data_areAsFreshAsTheStore_andAWrongQuestionIsTheSdksBadRequest() {
        Instant refreshed = sdk.beta()
                .organization()
                .analytics()
                .usage()
                .list(usage().build())
                .dataRefreshedAt()
                .orElseThrow()
                .toInstant();
        assertTrue(refreshed.isAfter(books.clock().instant().minusSeconds(60)), refreshed.toString());
        assertThrows(
                BadRequestException.class,
                () -> sdk.beta()
                        .organization()
                        .analytics()
                        .usage()
                        .list(usage().endingAt(at(from.plusDays(40))).build()));
    }
}
