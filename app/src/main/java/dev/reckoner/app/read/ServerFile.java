package dev.reckoner.app.read;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.ledger.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code server.json} in a ledger directory: which process serves these books, and where it answers. Written
 * when a server is ready and removed when it closes; after a crash it is left behind and names a process that is gone.
 * Nobody but the account of the server can read it.
 *
 * @param token what the command line shows to the console, good for this process only; "" where it needs nothing
 */
public record ServerFile(long pid, URI proxy, URI console, String token) {
    private static final String NAME = "server.json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Writes it, in one step for whoever reads. */
    public void write(Path directory) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("pid", pid);
        json.put("proxy", proxy.toString());
        json.put("console", console.toString());
        if (!token.isEmpty()) {
            json.put("token", token);
        }
        Path written = directory.resolve(NAME + ".new");
        try {
            Files.deleteIfExists(written);
            PrivateFiles.create(written);
            Files.writeString(written, json + "\n");
            Files.move(
                    written,
                    directory.resolve(NAME),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(directory.resolve(NAME) + " can't be written: " + e.getMessage(), e);
        }
    }

    /** Reads it; null where there is none or it can't be understood, for then it tells nothing. */
    public static @Nullable ServerFile read(Path directory) {
        try {
            JsonNode json = MAPPER.readTree(Files.readString(directory.resolve(NAME)));
            JsonNode pid = json.path("pid");
            JsonNode console = json.path("console");
            JsonNode proxy = json.path("proxy");
            if (!pid.isIntegralNumber() || !console.isTextual() || !proxy.isTextual()) {
                return null;
            }
            String token = json.path("token").asText("");
            return new ServerFile(
                    pid.longValue(), URI.create(proxy.textValue()), URI.create(console.textValue()), token);
        } catch (NoSuchFileException | JacksonException | IllegalArgumentException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(directory.resolve(NAME) + " can't be read: " + e.getMessage(), e);
        }
    }

    /** Removes it. */
    public static void remove(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(directory.resolve(NAME) + " can't be removed: " + e.getMessage(), e);
        }
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "ServerFile[" + pid + ", " + proxy + ", " + console + "]";
    }

    /** Whether its process lives. */
    public boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
