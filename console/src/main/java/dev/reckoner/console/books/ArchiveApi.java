package dev.reckoner.console.books;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reckoner.console.http.Answer;
import dev.reckoner.console.http.Endpoints;
import dev.reckoner.console.http.Endpoints.Where;
import dev.reckoner.console.http.Params;
import dev.reckoner.console.http.Problem;
import dev.reckoner.console.http.Question;
import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import dev.reckoner.ledger.trail.TrailBook;
import dev.reckoner.ledger.trail.TrailedArchive;
import java.util.List;

/** The server's end of the private API to {@link Archive}: lists and documents by GET, a document to keep by POST. */
public final class ArchiveApi {

    /** Lists documents, and keeps one. */
    public static final String DOCUMENTS = "documents";

    /** Finds one document by its name. */
    public static final String FIND = "documents/find";

    private static final int BODY_BYTES_MAX = 128 << 20;
    private static final int LISTED_MAX = 10_000;

    private final Archive archive;
    private final TrailBook trail;
    private final ObjectMapper mapper = BooksJson.mapper();

    /** Keeps in that archive, and notes a month that is closed. */
    public ArchiveApi(Archive archive, TrailBook trail) {
        this.archive = archive;
        this.trail = trail;
    }

    /** The answer with documents. */
    public record Documents(List<Document> documents) {}

    /** Adds the paths. */
    public void addTo(Endpoints endpoints) {
        endpoints
                .add(BooksApi.PREFIX + DOCUMENTS, Where.REPORTS, asked -> {
                    int limit = (int) asked.params().number("limit", 100, 1, LISTED_MAX);
                    return json(new Documents(archive.list(needed(asked.params(), "kind"), limit)));
                })
                .add(BooksApi.PREFIX + FIND, Where.REPORTS, asked -> {
                    return json(new Documents(
                            archive.find(needed(asked.params(), "kind"), needed(asked.params(), "name")).stream()
                                    .toList()));
                })
                .addChange(BooksApi.PREFIX + DOCUMENTS, Where.REPORTS, BODY_BYTES_MAX, this::keep);
    }

    private Answer keep(Question asked) {
        String kind = needed(asked.params(), "kind");
        String name = needed(asked.params(), "name");
        try {
            String text = mapper.readValue(asked.body(), String.class);
            new TrailedArchive(archive, trail, asked.caller().actor()).keep(kind, name, text);
        } catch (JacksonException e) {
            throw Problem.malformed("the body isn't a JSON string: " + e.getOriginalMessage());
        }
        return json(new Documents(List.of()));
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
}
