package dev.reckoner.proxy.tap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Our own response bodies in the shapes of api-facts §1, with what must be read from them: every row of
 * {@code transcripts/expected.tsv}.
 */
public final class Transcripts {

    private Transcripts() {}

    /** One response. */
    public static final class Transcript {
        private final String name;
        private final int status;
        private final String contentType;
        private final byte[] body;
        private final Map<String, String> expected;

        private Transcript(String name, int status, String contentType, byte[] body, Map<String, String> expected) {
            this.name = name;
            this.status = status;
            this.contentType = contentType;
            this.body = body;
            this.expected = expected;
        }

        /** The file's name. */
        public String name() {
            return name;
        }

        /** The status of the response. */
        public int status() {
            return status;
        }

        /** The content type of the response. */
        public String contentType() {
            return contentType;
        }

        /** The body's bytes, not encoded. */
        public byte[] body() {
            return body.clone();
        }

        /** The reading by column, {@code -} where nothing is known. */
        public Map<String, String> expected() {
            return expected;
        }
    }

    /** All of them, in the order of the table. */
    public static List<Transcript> all() {
        List<String> rows = new String(resource("expected.tsv"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> columns = List.of(rows.get(0).split("\t", -1));
        List<Transcript> all = new ArrayList<>();
        for (String row : rows.subList(1, rows.size())) {
            List<String> cells = List.of(row.split("\t", -1));
            Map<String, String> expected = new LinkedHashMap<>();
            for (int i = 3; i < columns.size(); i++) {
                expected.put(columns.get(i), cells.get(i));
            }
            String name = cells.get(0);
            all.add(new Transcript(name, Integer.parseInt(cells.get(1)), cells.get(2), resource(name), expected));
        }
        return all;
    }

    private static byte[] resource(String name) {
        try (InputStream in = Transcripts.class.getResourceAsStream("/transcripts/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
