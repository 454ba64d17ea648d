package dev.reckoner.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What standard output is: a terminal or not, and how wide.
 *
 * @param colours a terminal, and neither {@code NO_COLOR} nor a dumb one
 * @param columns {@code COLUMNS} where set, else what the terminal says, else 80
 */
record TerminalSize(boolean colours, int columns) {
    private static final int USUAL = 80;
    private static final int LEAST = 40;
    private static final int MOST = 1_000;
    private static final long ANSWER_MILLIS_MAX = 300;
    private static final Path OUTPUT = Path.of("/proc/self/fd/1");

    static TerminalSize of(Map<String, String> env) {
        boolean terminal = terminal();
        boolean plain = !env.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(env.get("TERM"));
        int columns = number(env.getOrDefault("COLUMNS", ""));
        if (columns == 0 && terminal) {
            columns = asked();
        }
        return new TerminalSize(terminal && !plain, columns == 0 ? USUAL : Math.max(LEAST, Math.min(MOST, columns)));
    }

    private static boolean terminal() {
        try {
            if (Files.isSymbolicLink(OUTPUT)) {
                String target = Files.readSymbolicLink(OUTPUT).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            }
        } catch (IOException e) {
            return false;
        }
        return test();
    }

    /** Where there is no /proc, {@code test -t} knows. */
    private static boolean test() {
        try {
            Process test = new ProcessBuilder("test", "-t", "1")
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return test.waitFor(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asks {@code stty}, which knows the terminal behind its standard input. */
    private static int asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
                stty.destroy();
                return 0;
            }
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", -1);
            return size.length == 2 ? number(size[1]) : 0;
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static int number(String text) {
        return text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : 0;
    }
}
