package dev.reckoner.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one of the operator's files as text, bounded in size. */
final class TextFile {

    static final int BYTES_MAX = 1024 * 1024;

    private TextFile() {}

    /** The whole text without a byte order mark; null after a problem was added. */
    static @Nullable String read(Path file, List<Problem> problems) {
        String place = file.toString();
        try {
            byte[] bytes = bounded(file);
            if (bytes.length > BYTES_MAX) {
                problems.add(new Problem(place, "", "more than " + BYTES_MAX + " bytes", "at most 1 MiB"));
                return null;
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            problems.add(new Problem(place, "", "bytes that are not UTF-8", "a text file in UTF-8"));
        } catch (NoSuchFileException e) {
            problems.add(new Problem(place, "", null, "a file that can be read"));
        } catch (AccessDeniedException e) {
            problems.add(new Problem(place, "", "no permission to read", "a file that this user may read"));
        } catch (IOException e) {
            problems.add(new Problem(place, "", String.valueOf(e.getMessage()), "a file that can be read"));
        }
        return null;
    }

    private static byte[] bounded(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(BYTES_MAX + 1);
        }
    }
}
