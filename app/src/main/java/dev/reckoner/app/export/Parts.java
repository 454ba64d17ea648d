package dev.reckoner.app.export;

import dev.reckoner.app.command.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of the parts in a directory of exports. A part is called after the entry behind which it begins, so that one
 * that a broken run has left behind its cursor is known, and written again.
 */
final class Parts {
    static final String UNFINISHED = ".unfinished";

    private static final Pattern NAME = Pattern.compile("part-([0-9]{19})(-[0-9]+)?\\.(csv|parquet)");
    private static final Pattern LEFT = Pattern.compile("\\.part-[0-9-]+\\.(csv|parquet)\\" + UNFINISHED);
    private static final int DEPTH = 2;

    private Parts() {}

    static String name(long after, String end) {
        return String.format(Locale.ROOT, "part-%019d%s", after, end);
    }

    /**
     * Makes a directory ready for a run that goes on behind an entry: parts that begin there or later are of a run that
     * was never finished.
     */
    static void prepare(Path directory, long after) throws IOException {
        Files.createDirectories(directory);
        for (Path file : files(directory)) {
            String name = file.getFileName().toString();
            Matcher part = NAME.matcher(name);
            boolean beyond = part.matches() && Long.parseLong(part.group(1)) >= after;
            if (beyond || LEFT.matcher(name).matches()) {
                Files.delete(file);
            }
        }
    }

    /** Refuses a directory that has parts already. */
    static void expectNone(Path directory) throws IOException {
        if (Files.isDirectory(directory)
                && files(directory).stream()
                        .anyMatch(file ->
                                NAME.matcher(file.getFileName().toString()).matches())) {
            throw new CommandFailure("found parts of an earlier export in " + directory
                    + ", expected none: name another directory with --out, or go on with the --cursor of that export");
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory, DEPTH)) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
