package dev.reckoner.console.books;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.console.Statements;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import dev.reckoner.ledger.Dimension;
import dev.reckoner.ledger.credit.CreditStatement;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is made of books and bill together, for the console's pages: read by GET, made anew by POST. */
public final class StatementsApi {

    private static final int LISTED_MAX = 1_000;
    private static final int DAYS_MAX = 1_000;
    private static final String CREDITS = BooksApi.PREFIX + "credits/statement";
    private static final String RECONCILIATIONS = BooksApi.PREFIX + "reconciliations";
    private static final String RECONCILE = BooksApi.PREFIX + "reconcile";
    private static final String UNSTATED = BooksApi.PREFIX + "unstated";
    private static final String CHARGEBACK = BooksApi.PREFIX + "chargeback";
    private static final List<Dimension> OWNERS = List.of(Dimension.USER, Dimension.TEAM, Dimension.PROJECT);

    private final Statements statements;
    private final ObjectMapper mapper = BooksJson.mapper();

    /** Answers with those statements. */
    public StatementsApi(Statements statements) {
        this.statements = statements;
    }

    /** The answer to {@code credits/statement}; null where no balance was stated. */
    public record Credits(@Nullable CreditStatement statement, boolean low) {}

    /** The answer to {@code reconcile}. */
    public record Made(String id) {}

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints
                .add(CREDITS, Where.REPORTS, asked -> json(credits()))
                .add(RECONCILIATIONS, Where.REPORTS, asked -> {
                    int limit = (int) asked.params().number("limit", 100, 1, LISTED_MAX);
                    return text("{\"reconciliations\":[" + String.join(",", statements.reconciliations(limit)) + "]}");
                })
                .add(RECONCILIATIONS + "/show", Where.REPORTS, asked -> {
                    return text(found(statements.reconciliation(needed(asked.params(), "id")), "reconciliation"));
                })
                .add(RECONCILIATIONS + "/html", Where.REPORTS, asked -> {
                    return html(found(statements.reconciliationHtml(needed(asked.params(), "id")), "reconciliation"));
                })
                .addChange(RECONCILE, Where.REPORTS, asked -> {
                    LocalDate from = day(asked.params(), "from");
                    LocalDate to = day(asked.params(), "to");
                    return json(new Made(asking(() -> statements.reconcile(from, to))));
                })
                .add(UNSTATED, Where.REPORTS, asked -> json(unstated(asked.params())))
                .add(CHARGEBACK, Where.REPORTS, asked -> {
                    return text(statements
                            .chargeback(month(asked.params()), by(asked.params()))
                            .orElse("null"));
                })
                .add(CHARGEBACK + "/html", Where.REPORTS, asked -> {
                    return html(found(statements.chargebackHtml(month(asked.params()), by(asked.params())), "split"));
                })
                .addChange(CHARGEBACK, Where.REPORTS, asked -> {
                    YearMonth month = month(asked.params());
                    return json(new Made(asking(() -> {
                        statements.split(month);
                        return month.toString();
                    })));
                });
    }

    private Statements.Unstated unstated(Params params) {
        LocalDate from = day(params, "from");
        LocalDate to = day(params, "to");
        if (to.isBefore(from) || from.plusDays(DAYS_MAX).isBefore(to)) {
            throw Problem.parameter("to", to.toString(), "a day from " + from + " on, " + DAYS_MAX + " days at most");
        }
        return statements.unstated(from, to);
    }

    private Credits credits() {
        Optional<CreditStatement> statement = statements.credits();
        return new Credits(
                statement.orElse(null), statement.filter(CreditStatement::low).isPresent());
    }

    private static String asking(Supplier<String> made) {
        try {
            return made.get();
        } catch (Statements.Unavailable e) {
            throw Problem.of(409, String.valueOf(e.getMessage()));
        }
    }

    private static String found(Optional<String> statement, String what) {
        return statement.orElseThrow(() -> Problem.of(404, "there is no such " + what));
    }

    private static Dimension by(Params params) {
        String found = params.one("by");
        for (Dimension owner : OWNERS) {
            if (owner.name().toLowerCase(Locale.ROOT).equals(found)) {
                return owner;
            }
        }
        throw Problem.parameter("by", String.valueOf(found), "user, team or project");
    }

    private static YearMonth month(Params params) {
        String found = needed(params, "month");
        try {
            return YearMonth.parse(found);
        } catch (DateTimeException e) {
            throw Problem.parameter("month", found, "a month such as 2026-11");
        }
    }

    private static LocalDate day(Params params, String name) {
        String found = needed(params, name);
        try {
            return LocalDate.parse(found);
        } catch (DateTimeException e) {
            throw Problem.parameter(name, found, "a day such as 2026-11-21");
        }
    }

    private static String needed(Params params, String name) {
        String value = params.one(name);
        if (value == null || value.isEmpty()) {
            throw Problem.parameter(name, "", "a value");
        }
        return value;
    }

    private Answer json(Object value) {
        return Answer.json(200, json -> {
            mapper.writeValue(json, value);
        });
    }

    private static Answer text(String json) {
        return Answer.file("application/json", json.getBytes(UTF_8));
    }

    private static Answer html(String page) {
        return Answer.statement(page);
    }
}
