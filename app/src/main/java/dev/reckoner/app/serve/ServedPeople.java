package dev.reckoner.app.serve;

import dev.reckoner.config.ConfigException;
import dev.reckoner.config.People;
import dev.reckoner.config.PeopleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The people and teams that a running server knows. A changed file is taken once it has rested between two looks; one
 * with a mistake leaves everybody as they were and says what is wrong with it.
 */
final class ServedPeople implements Supplier<People> {
    private static final Logger LOG = LoggerFactory.getLogger(ServedPeople.class);

    private final @Nullable Path file;

    private volatile People people;
    private @Nullable Stamp seen;
    private @Nullable Stamp tried;

    /**
     * Reads the file.
     *
     * @param file null where there is none
     * @throws ConfigException where it has a mistake: a server doesn't start with one
     */
    ServedPeople(@Nullable Path file) {
        this.file = file;
        this.tried = stamp(file);
        this.seen = tried;
        this.people = file == null ? People.NONE : PeopleFile.load(file);
    }

    /** How a file looks from outside. */
    private record Stamp(long bytes, FileTime changed) {}

    @Override
    public People get() {
        return people;
    }

    /** Reads the file again where it has changed, and not since the last look. One thread at a time. */
    void look() {
        if (file == null) {
            return;
        }
        Stamp now = stamp(file);
        Stamp before = seen;
        seen = now;
        if (now == null || !now.equals(before) || now.equals(tried)) {
            return;
        }
        tried = now;
        try {
            people = PeopleFile.load(file);
            LOG.info("{} people and teams are known from {}", people.all().size(), file);
        } catch (ConfigException e) {
            LOG.warn("the file of people has changed and can't be used; all stay as they were: {}", e.getMessage());
        }
    }

    private static @Nullable Stamp stamp(@Nullable Path file) {
        try {
            return file == null ? null : new Stamp(Files.size(file), Files.getLastModifiedTime(file));
        } catch (IOException e) {
            return null;
        }
    }
}
