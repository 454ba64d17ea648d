package dev.reckoner.console.books;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.LedgerException;
import dev.reckoner.ledger.credit.CreditBook;
import dev.reckoner.ledger.credit.CreditEvent;
import dev.reckoner.ledger.credit.CreditNote;
import java.util.List;

/** The server's end of the private API to {@link CreditBook}: all that was recorded by GET, a note to record by POST. */
public final class CreditsApi {

    /** Lists what was recorded, and records. */
    public static final String CREDITS = "credits";

    private static final int BODY_BYTES_MAX = 4 << 10;

    private final CreditBook credits;
    private final ObjectMapper mapper = BooksJson.mapper();

    /** Answers from that door. */
    public CreditsApi(CreditBook credits) {
        this.credits = credits;
    }

    /** The answer with what was recorded. */
    public record Events(List<CreditEvent> events) {}

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints
                .add(BooksApi.PREFIX + CREDITS, Where.REPORTS, asked -> json(new Events(credits.events())))
                .addChange(BooksApi.PREFIX + CREDITS, Where.REPORTS, BODY_BYTES_MAX, this::record);
    }

    private Answer record(Question asked) {
        try {
            CreditNote said = mapper.readValue(asked.body(), CreditNote.class);
            String source = asked.caller().actor(said.source()).toString();
            credits.record(new CreditNote(said.kind(), said.at(), said.amount(), said.upTo(), source));
        } catch (JacksonException e) {
            throw Problem.malformed("the body isn't a note on credits: " + e.getOriginalMessage());
        } catch (LedgerException e) {
            throw Problem.of(503, String.valueOf(e.getMessage()));
        }
        return json(new Events(List.of()));
    }

    private Answer json(Object value) {
        return Answer.json(200, json -> {
            mapper.writeValue(json, value);
        });
    }
}
