package dev.reckoner.ledger.insight;

import dev.reckoner.config.RateTable;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.Reports;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Insights from the books alone: from sums wherever these can tell, else from the last exchanges ({@link ReadWindow}).
 * Other prices are those that the present rate table has for the time of the exchanges. Safe on any thread.
 */
public final class BooksInsights implements Insights {
    private final Reports reports;
    private final ExchangeSource exchanges;
    private final Supplier<RateTable> rates;

    /** Insights of those books. */
    public BooksInsights(Reports reports, ExchangeSource exchanges, Supplier<RateTable> rates) {
        this.reports = reports;
        this.exchanges = exchanges;
        this.rates = rates;
    }

    @Override
    public CacheReport cache(CacheQuery query) {
        RateTable table = rates.get();
        PriceBook prices = new PriceBook(table);
        CacheGroups groups = new CacheGroups(prices, query.by(), /* cellsKept= */ false);
        new Cells(reports, table, query.from(), query.until(), query.where())
                .read(query.by(), prices::prices, groups::add);
        return new CacheReport(query.from(), query.until(), query.by(), table.version(), groups.total(), groups.rows());
    }

    @Override
    public InsightReport insights(InsightQuery query) {
        RateTable table = rates.get();
        PriceBook prices = new PriceBook(table);
        CacheGroups caches = new CacheGroups(prices, CacheQuery.APP, /* cellsKept= */ true);
        DearerTerms dearer = new DearerTerms(prices);
        Cells cells = new Cells(reports, table, query.from(), query.until(), query.where());
        cells.read(CacheQuery.APP, prices::prices, caches::add);
        cells.read(List.of(Dimension.USER), dearer::judged, dearer::add);
        Draft losses = new Draft(Kind.CACHE_LOSES);
        caches.losses(losses);
        ReadWindow window = ReadWindow.of(reports, query.from(), query.until());
        Stream<Draft> drafts =
                Stream.concat(Stream.of(losses, dearer.fast(), dearer.mix()), ofExchanges(prices, window, query));
        List<Insight> insights = drafts.map(Draft::insight)
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Insight::certainty)
                        .thenComparing(Comparator.comparing(Insight::saving).reversed()))
                .toList();
        return new InsightReport(
                query.from(), query.until(), cells.exchanges(), cells.spent(), table.version(), window, insights);
    }

    private Stream<Draft> ofExchanges(PriceBook prices, ReadWindow window, InsightQuery query) {
        BatchShift batch = new BatchShift(prices);
        OneHourWrites writes = new OneHourWrites(prices);
        PaidForNothing paid = new PaidForNothing();
        LongOutputs outputs = new LongOutputs(prices);
        Instant[] last = {window.from()};
        exchanges.read(window.from(), window.until(), query.where(), fact -> {
            last[0] = fact.startedAt();
            batch.add(fact);
            writes.add(fact);
            paid.add(fact);
            outputs.add(fact);
        });
        return Stream.of(
                batch.unstreamed(), batch.night(), writes.end(last[0]), paid.unread(), paid.failed(), outputs.draft());
    }
}
