package dev.reckoner.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeopleFileTest {

    private static final String YAML = """
            people:
              - user: ada
                team: search
                emails: [Ada@Example.com]
                keys: [sk-ant-api03-R2D...igAA]
                accounts: [11111111-2222-3333-4444-555555555555]
                aliases: alovelace
              - team: nightly
                project: index
                keys:
                  - sk-ant-api03-abc...wxyz
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void yaml_isFoundByEveryNameAndKey() throws Exception {
        People people = load("people.yaml", YAML);

        assertEquals("ada", user(people.named("ada@example.COM")));
        assertEquals("ada", user(people.named("ALovelace ")));
        assertEquals("ada", user(people.named("account:11111111-2222-3333-4444-555555555555")));
        assertEquals("ada", user(people.named("Ada")));
        assertEquals("ada", user(people.ofKey("sk-ant-api03-R2D...igAA")));
        People.Person nightly = people.ofKey("sk-ant-api03-abc...wxyz");
        assertNotNull(nightly);
        assertNull(nightly.user());
        assertEquals("index", nightly.project());
        assertNull(people.named("grace"));
        assertNull(people.ofKey(""));
    }

    @Test
    void csv_saysTheSame() throws Exception {
        People people = load("people.CSV", """
                # who is who
                user,team,emails,keys,accounts,aliases,project
                ada,search,Ada@Example.com,sk-ant-api03-R2D...igAA,11111111-2222-3333-4444-555555555555,alovelace,
                ,nightly,,sk-ant-api03-abc...wxyz;sk-ant-api03-xyz...wabc,,,index
                """);

        assertEquals(load("people.yaml", YAML).all().get(0), people.all().get(0));
        assertEquals(2, people.all().get(1).keys().size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "people: {}|people: and a list of persons below it",
                "staff: []|people: and a list of persons below it",
                "'people: [ada]'|:1:10: people: nothing found, expected a person as key: value",
                "'people: [{usr: ada}]'|found \"usr\", expected one of user, team, project, emails, keys, accounts, aliases"
                        + " (did you mean \"user\"?)",
                "'people: [{emails: [a@b]}]'|:1:10: nothing found, expected a user, a team or a project",
                "'people: [{user: [ada]}]'|user: nothing found, expected a name",
                "'people: [{user: ada}, {user: Ada}]'|found \"ada\", expected each key and name once; it also stands at",
                "'people: [{user: a, keys: [k]}, {user: b, keys: [k]}]'|keys: found \"k\", expected each key and name once",
                "'people: ['|expected valid YAML"
            })
    void mistake_isToldWithItsPlaceAndWhatWasExpected(String text, String problem) throws Exception {
        Path file = Files.writeString(directory.resolve("people.yaml"), text);

        ConfigException refused = assertThrows(ConfigException.class, () -> PeopleFile.load(file));

        assertTrue(String.valueOf(refused.getMessage()).contains(problem), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).startsWith(file.toString()), refused.getMessage());
    }

    @Test
    void csv_mistake_isToldWithItsLine() throws Exception {
        Path file = Files.writeString(directory.resolve("p.csv"), "user,teem\nada,search\n");

        ConfigException refused = assertThrows(ConfigException.class, () -> PeopleFile.load(file));

        assertEquals(
                List.of(file
                        + ":1: found \"teem\", expected one of user, team, project, emails, keys, accounts, aliases"
                        + " (did you mean \"team\"?)"),
                refused.problems().stream().map(Problem::toString).toList());
    }

    @Test
    void file_thatIsNotThere_isTold() {
        assertThrows(ConfigException.class, () -> PeopleFile.load(directory.resolve("none.yaml")));
    }

    private People load(String name, String text) throws IOException {
        return PeopleFile.load(Files.writeString(directory.resolve(name), text));
    }

    private static @Nullable String user(People.@Nullable Person person) {
        return person == null ? null : person.user();
    }
}
