package dev.reckoner.console.books;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.config.Discount;
import dev.reckoner.config.Problem;
import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.config.ToolPrice;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import java.util.List;
import java.util.function.Supplier;

/** The rates that the server rates by, for the console's pages. */
public final class RatesApi {

    private final Supplier<RateTable> table;
    private final ObjectMapper mapper = BooksJson.mapper();

    /**
     * Answers with those rates.
     *
     * @param table the ones that hold whenever it is asked
     */
    public RatesApi(Supplier<RateTable> table) {
        this.table = table;
    }

    /**
     * The answer to {@code rates}.
     *
     * @param warnings what looks wrong with the rows
     */
    public record Rates(
            String version,
            List<Rate> rates,
            List<Discount> discounts,
            List<ToolPrice> toolPrices,
            List<String> warnings) {}

    /** Adds the path. */
    public void addTo(Endpoints endpoints) {
        endpoints.add(BooksApi.PREFIX + "rates", Where.REPORTS, asked -> {
            RateTable rates = table.get();
            Rates answer = new Rates(
                    rates.version(),
                    rates.rates(),
                    rates.discounts(),
                    rates.toolPrices(),
                    rates.warnings().stream().map(Problem::toString).toList());
            return Answer.json(200, json -> {
                mapper.writeValue(json, answer);
            });
        });
    }
}
