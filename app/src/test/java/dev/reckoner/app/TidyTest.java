package dev.reckoner.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no compiler looks at in the sources: nothing left undone, nothing switched off, nothing over its cap. */
final class TidyTest {

    private static final int FILE_LINES_MAX = 500;
    private static final Set<String> GENERATED = Set.of("target", ".git", ".reckoner-build", "node_modules");
    private static final List<String> ENDINGS =
            List.of(".java", ".sql", ".js", ".mjs", ".css", ".html", ".sh", ".xml", ".yaml", ".yml", ".md", ".csv");

    // The words are put together here, so that this file doesn't find itself.
    private static final Pattern LEFT_UNDONE = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@Dis" + "abled\\b|@Ign" + "ore\\b");

    private static final Path ROOT = root();

    @Test
    void sources_ofEveryModule_areSeen() {
        assertTrue(sources().stream().anyMatch(path -> path.endsWith("config/pom.xml")));
        assertTrue(sources().stream().anyMatch(path -> path.endsWith("TidyTest.java")));
    }

    @Test
    void sources_anywhere_leaveNothingUndone() {
        assertEquals(List.of(), linesMatching(LEFT_UNDONE));
    }

    @Test
    void tests_anywhere_areNotSwitchedOff() {
        assertEquals(List.of(), linesMatching(SWITCHED_OFF));
    }

    @Test
    void files_ofCode_stayUnderTheCap() {
        List<String> over = new ArrayList<>();
        for (Path path : sources()) {
            String name = path.toString();
            boolean code = name.endsWith(".java") || name.endsWith(".js") || name.endsWith(".css");
            if (code && lines(path).size() > FILE_LINES_MAX) {
                over.add(ROOT.relativize(path).toString());
            }
        }
        assertEquals(List.of(), over);
    }

    private static List<String> linesMatching(Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (Path path : sources()) {
            List<String> lines = lines(path);
            for (int i = 0; i < lines.size(); i++) {
                if (pattern.matcher(lines.get(i)).find()) {
                    found.add(ROOT.relativize(path) + ":" + (i + 1));
                }
            }
        }
        return found;
    }

    private static List<Path> sources() {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return GENERATED.contains(String.valueOf(directory.getFileName()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = String.valueOf(file.getFileName());
                    if (name.equals("reckoner") || ENDINGS.stream().anyMatch(name::endsWith)) {
                        found.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static List<String> lines(Path path) {
        try (Stream<String> lines = Files.lines(path)) {
            return lines.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(".mvn"))) {
            Path parent = directory.getParent();
            if (parent == null) {
                throw new IllegalStateException(
                        "no .mvn directory above " + Path.of("").toAbsolutePath());
            }
            directory = parent;
        }
        return directory;
    }
}
