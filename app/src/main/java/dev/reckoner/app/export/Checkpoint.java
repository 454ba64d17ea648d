package dev.reckoner.app.export;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.app.command.CommandFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file that remembers behind which entry the next export begins, and what was exported, so that nobody goes on with
 * something else.
 */
final class Checkpoint {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final String what;

    /**
     * Remembers there.
     *
     * @param what the export in words that are the same for the same export
     */
    Checkpoint(Path file, String what) {
        this.file = file;
        this.what = what;
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Behind which entry to begin; 0 where there is no file yet. */
    long read() throws IOException {
        if (!exists()) {
            return 0;
        }
        JsonNode json = json();
        JsonNode after = json.path("after");
        if (!after.isIntegralNumber() || !after.canConvertToLong() || after.longValue() < 0) {
            throw new CommandFailure(file + ": found no cursor of an export, expected the file that --cursor wrote");
        }
        String found = json.path("export").asText();
        if (!found.equals(what)) {
            throw new CommandFailure(file + ": found the cursor of another export (" + found + "), expected " + what
                    + "; name another file with --cursor");
        }
        return after.longValue();
    }

    private JsonNode json() throws IOException {
        try {
            return MAPPER.readTree(Files.readString(file));
        } catch (JacksonException e) {
            throw new CommandFailure(file + ": found no JSON, expected the file that --cursor wrote");
        }
    }

    void write(long after) throws IOException {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("after", after);
        json.put("export", what);
        try (NewFile written = new NewFile(file)) {
            OutputStream out = written.out();
            out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
            written.commit();
        }
    }
}
