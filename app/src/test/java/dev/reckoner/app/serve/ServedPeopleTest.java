package dev.reckoner.app.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.reckoner.config.ConfigException;
import dev.reckoner.config.People;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServedPeopleTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void changedFile_isTakenOnceItRests() throws Exception {
        Path file = write("people: [{user: ada}]");
        ServedPeople people = new ServedPeople(file);

        write("people: [{user: ada}, {user: bo}]");
        people.look();
        assertNull(people.get().named("bo"));
        people.look();
        assertNotNull(people.get().named("bo"));
    }

    @Test
    void fileWithAMistake_orGone_leavesEverybodyAsTheyWere() throws Exception {
        Path file = write("people: [{user: ada}]");
        ServedPeople people = new ServedPeople(file);

        write("people: [{usr: ada, team: broken}]");
        people.look();
        people.look();
        assertNotNull(people.get().named("ada"));

        Files.delete(file);
        people.look();
        people.look();
        assertNotNull(people.get().named("ada"));

        write("people: [{user: bo, team: mended again}]");
        people.look();
        people.look();
        assertNotNull(people.get().named("bo"));
    }

    @Test
    void start_withAMistake_isRefused_andWithoutAFileNobodyIsKnown() throws Exception {
        Path file = write("people: [{usr: ada}]");

        assertThrows(ConfigException.class, () -> new ServedPeople(file));
        assertEquals(People.NONE, new ServedPeople(null).get());
    }

    private Path write(String text) throws Exception {
        return Files.writeString(directory.resolve("people.yaml"), text);
    }
}
