package dev.reckoner.app.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server leaves in its ledger directory. */
class ServerFileTest {
    @TempDir
    private Path directory;

    @Test
    void written_read_equal() {
        ServerFile file = new ServerFile(
                ProcessHandle.current().pid(), URI.create("http://127.0.0.1:1"), URI.create("http://[::1]:2"), "t");
        file.write(directory);
        file.write(directory);
        assertEquals(file, ServerFile.read(directory));
        assertTrue(file.alive());
        ServerFile.remove(directory);
        ServerFile.remove(directory);
        assertNull(ServerFile.read(directory));
    }

    @Test
    void written_isReadableByItsOwnerOnly() throws IOException {
        new ServerFile(1, URI.create("http://x"), URI.create("http://x"), "").write(directory);
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("server.json"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{\"pid\":\"1\"}", "{\"pid\":1,\"proxy\":\"http://x\",\"console\":\"not a url\"}"
            })
    void damaged_read_tellsNothing(String text) throws IOException {
        Files.writeString(directory.resolve("server.json"), text);
        assertNull(ServerFile.read(directory));
    }

    @Test
    void process_gone_notAlive() {
        assertFalse(new ServerFile(Long.MAX_VALUE, URI.create("http://x"), URI.create("http://x"), "").alive());
    }
}
