package dev.reckoner.config;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.reckoner.config.People.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a file of people and teams: YAML with a list under {@code people}, or, where its name ends with {@code .csv}, one
 * record each, whose lists are separated by spaces or semicolons.
 */
public final class PeopleFile {

    static final int PEOPLE_MAX = 100_000;

    private static final int DEPTH_MAX = 10;
    private static final int CHARS_MAX = 256;
    private static final List<String> FIELDS =
            List.of("user", "team", "project", "emails", "keys", "accounts", "aliases");
    private static final List<String> LISTS = List.of("emails", "keys", "accounts", "aliases");

    private final String file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Person> people = new ArrayList<>();
    private final Map<String, String> takenKeys = new HashMap<>();
    private final Map<String, String> takenNames = new HashMap<>();

    private PeopleFile(String file) {
        this.file = file;
    }

    /**
     * Reads it.
     *
     * @throws ConfigException with every problem, each with its line
     */
    public static People load(Path file) {
        PeopleFile reader = new PeopleFile(file.toString());
        String text = TextFile.read(file, reader.problems);
        if (text != null) {
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
                reader.csv(text);
            } else {
                reader.yaml(text);
            }
        }
        if (!reader.problems.isEmpty()) {
            throw new ConfigException(reader.problems);
        }
        return new People(reader.people);
    }

    private void yaml(String text) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(TextFile.BYTES_MAX);
            options.setNestingDepthLimit(DEPTH_MAX);
            options.setAllowRecursiveKeys(false);
            Node root = new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options)
                    .getSingleNode();
            root(root);
        } catch (MarkedYAMLException e) {
            problems.add(new Problem(place(e.getProblemMark()), "", String.valueOf(e.getProblem()), "valid YAML"));
        } catch (YAMLException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            problems.add(new Problem(file, "", first, "valid YAML"));
        }
    }

    private void root(@Nullable Node root) {
        if (root instanceof MappingNode mapping && mapping.getValue().size() == 1) {
            NodeTuple only = mapping.getValue().get(0);
            if (only.getKeyNode() instanceof ScalarNode key
                    && key.getValue().equals("people")
                    && only.getValueNode() instanceof SequenceNode list) {
                list.getValue().forEach(this::person);
                return;
            }
        }
        problems.add(new Problem(
                root == null ? file : place(root.getStartMark()), "", null, "people: and a list of persons below it"));
    }

    private void person(Node node) {
        String place = place(node.getStartMark());
        if (!(node instanceof MappingNode mapping)) {
            problems.add(new Problem(place, "people", null, "a person as key: value, such as user: ada"));
            return;
        }
        Map<String, List<String>> said = new TreeMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String at = place(tuple.getKeyNode().getStartMark());
            String field = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            if (known(at, field)) {
                said.put(field, values(field, tuple.getValueNode()));
            }
        }
        add(place, said);
    }

    private List<String> values(String field, Node node) {
        List<Node> nodes = node instanceof SequenceNode list && LISTS.contains(field) ? list.getValue() : List.of(node);
        List<String> values = new ArrayList<>();
        for (Node each : nodes) {
            if (each instanceof ScalarNode scalar) {
                if (!scalar.getTag().equals(Tag.NULL)) {
                    values.add(scalar.getValue().strip());
                }
            } else {
                problems.add(new Problem(
                        place(each.getStartMark()), field, null, LISTS.contains(field) ? "a list of names" : "a name"));
            }
        }
        return values;
    }

    private void csv(String text) {
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .commentStrategy(CommentStrategy.SKIP)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text)) {
            List<String> header = null;
            for (CsvRecord record : records) {
                String place = file + ":" + record.getStartingLineNumber();
                if (header == null) {
                    header = record.getFields().stream().map(String::strip).toList();
                    header.forEach(field -> known(place, field));
                } else {
                    add(place, said(header, record));
                }
            }
        } catch (CsvParseException e) {
            problems.add(new Problem(file, "", String.valueOf(e.getMessage()), "comma-separated values (RFC 4180)"));
        } catch (IOException e) {
            throw new IllegalStateException("a string can't fail to be read", e);
        }
    }

    private static Map<String, List<String>> said(List<String> header, CsvRecord record) {
        Map<String, List<String>> said = new TreeMap<>();
        for (int i = 0; i < Math.min(header.size(), record.getFieldCount()); i++) {
            String value = record.getField(i).strip();
            List<String> values =
                    LISTS.contains(header.get(i)) ? Arrays.asList(value.split("[;\\s]+")) : List.of(value);
            said.put(
                    header.get(i),
                    values.stream().filter(each -> !each.isEmpty()).toList());
        }
        return said;
    }

    private boolean known(String place, String field) {
        if (FIELDS.contains(field)) {
            return true;
        }
        problems.add(new Problem(place, "", field, "one of " + String.join(", ", FIELDS), Nearest.to(field, FIELDS)));
        return false;
    }

    private void add(String place, Map<String, List<String>> said) {
        Person person = new Person(
                one(said, "user"),
                one(said, "team"),
                one(said, "project"),
                said.getOrDefault("emails", List.of()),
                said.getOrDefault("keys", List.of()),
                said.getOrDefault("accounts", List.of()),
                said.getOrDefault("aliases", List.of()));
        if (people.size() >= PEOPLE_MAX) {
            problems.add(new Problem(place, "", "more people", "at most " + PEOPLE_MAX));
            return;
        }
        if (person.user() == null && person.team() == null && person.project() == null) {
            problems.add(new Problem(place, "", null, "a user, a team or a project"));
        }
        said.forEach((field, values) -> values.stream()
                .filter(value -> value.length() > CHARS_MAX || value.chars().anyMatch(Character::isISOControl))
                .forEach(value -> problems.add(
                        new Problem(place, field, value, "at most " + CHARS_MAX + " characters that can be printed"))));
        person.keys().forEach(hint -> taken(takenKeys, place, "keys", hint));
        People.names(person).forEach(name -> taken(takenNames, place, "", name));
        people.add(person);
    }

    /** A key or a name of two people would be charged to whoever happens to come last. */
    private void taken(Map<String, String> taken, String place, String field, String value) {
        String earlier = taken.putIfAbsent(value, place);
        if (earlier != null) {
            problems.add(new Problem(place, field, value, "each key and name once; it also stands at " + earlier));
        }
    }

    private static @Nullable String one(Map<String, List<String>> said, String field) {
        List<String> values = said.getOrDefault(field, List.of());
        return values.isEmpty() || values.get(0).isEmpty() ? null : values.get(0);
    }

    private String place(@Nullable Mark mark) {
        return mark == null ? file : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }
}
