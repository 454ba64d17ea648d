package dev.reckoner.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** What one settings file says, read as a tree of nodes, so that every problem has its line and column. */
final class YamlSource {

    private static final int DEPTH_MAX = 20;
    private static final int ALIASES_MAX = 20;
    private static final Set<Tag> PLAIN = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP);

    private final String file;
    private final SettingTable table;
    private final Interpolation interpolation;
    private final List<Problem> problems;
    private final Map<Setting<?>, List<Word>> said = new LinkedHashMap<>();
    private final Map<String, String> places = new HashMap<>();

    /**
     * Reads for one file.
     *
     * @param file the file's name in messages
     * @param table the settings that may be said
     * @param interpolation fills references
     * @param problems where problems go
     */
    YamlSource(String file, SettingTable table, Interpolation interpolation, List<Problem> problems) {
        this.file = file;
        this.table = table;
        this.interpolation = interpolation;
        this.problems = problems;
    }

    /** The words of each setting that the file says, in file order, checked against their kinds. */
    Map<Setting<?>, List<Word>> read(String text) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(TextFile.BYTES_MAX);
            options.setNestingDepthLimit(DEPTH_MAX);
            options.setMaxAliasesForCollections(ALIASES_MAX);
            options.setAllowRecursiveKeys(false);
            options.setProcessComments(false);
            Node root = new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options)
                    .getSingleNode();
            section("", root);
        } catch (MarkedYAMLException e) {
            problems.add(new Problem(place(e.getProblemMark()), "", String.valueOf(e.getProblem()), "valid YAML"));
        } catch (YAMLException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            problems.add(new Problem(file, "", first, "valid YAML"));
        }
        return said;
    }

    private void section(String section, @Nullable Node node) {
        if (node == null || isNull(node)) {
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            String keys = section.isEmpty() ? "settings as key: value" : "keys of " + section + " as key: value";
            problems.add(new Problem(place(node.getStartMark()), section, describe(node), keys));
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            tuple(section, tuple.getKeyNode(), tuple.getValueNode());
        }
    }

    private void tuple(String section, Node keyNode, Node value) {
        String place = place(keyNode.getStartMark());
        if (!(keyNode instanceof ScalarNode scalar)) {
            problems.add(new Problem(place, section, describe(keyNode), "the name of a setting"));
            return;
        }
        String key = section.isEmpty() ? scalar.getValue() : section + "." + scalar.getValue();
        boolean isSection = section.isEmpty() && table.sections().contains(key);
        Setting<?> setting = table.byKey(key).orElse(null);
        if (setting == null && !isSection) {
            problems.add(new Problem(place, key, scalar.getValue(), "a known setting", suggestion(section, scalar)));
            return;
        }
        String earlier = places.putIfAbsent(key, place);
        if (earlier != null) {
            problems.add(new Problem(place, key, scalar.getValue(), "each setting once; it also stands at " + earlier));
        } else if (setting == null) {
            section(key, value);
        } else {
            setting(setting, value);
        }
    }

    private void setting(Setting<?> setting, Node value) {
        int before = problems.size();
        List<Word> words = new ArrayList<>();
        if (value instanceof SequenceNode sequence && setting.arity() == Setting.Arity.MANY) {
            sequence.getValue().forEach(element -> word(setting, element, words));
        } else {
            word(setting, value, words);
        }
        words.removeIf(
                word -> setting.arity() == Setting.Arity.OPTIONAL && word.text().isEmpty());
        words.forEach(word -> Words.check(setting, word, problems));
        if (problems.size() == before && (!words.isEmpty() || setting.arity() == Setting.Arity.MANY)) {
            said.put(setting, words);
        }
    }

    private void word(Setting<?> setting, Node node, List<Word> words) {
        String place = place(node.getStartMark());
        if (isNull(node)) {
            problems.add(new Problem(place, setting.key(), null, setting.kind().expected()));
            return;
        }
        if (!(node instanceof ScalarNode scalar) || !PLAIN.contains(node.getTag())) {
            problems.add(new Problem(
                    place, setting.key(), describe(node), setting.kind().expected()));
            return;
        }
        Word word = interpolation.fill(scalar.getValue(), place, setting.key(), problems);
        if (word != null) {
            words.add(word);
        }
    }

    /** The nearest sibling, or else the setting of that very name in another section. */
    private @Nullable String suggestion(String section, ScalarNode key) {
        List<String> siblings = new ArrayList<>(section.isEmpty() ? table.sections() : List.of());
        table.all().stream()
                .filter(setting -> setting.section().equals(section))
                .forEach(setting -> siblings.add(setting.name()));
        String nearest = Nearest.to(key.getValue(), siblings);
        return nearest != null
                ? nearest
                : table.keys().stream()
                        .filter(known -> known.endsWith("." + key.getValue()))
                        .findFirst()
                        .orElse(null);
    }

    private String place(@Nullable Mark mark) {
        return mark == null ? file : file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String describe(Node node) {
        if (node instanceof MappingNode) {
            return "a map of keys";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        String tag = PLAIN.contains(node.getTag()) ? "" : node.getTag().getValue() + " ";
        return tag + (node instanceof ScalarNode scalar ? scalar.getValue() : "");
    }
}
