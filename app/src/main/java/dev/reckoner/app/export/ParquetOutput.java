package dev.reckoner.app.export;

import dev.reckoner.app.export.parquet.ColumnType;
import dev.reckoner.app.export.parquet.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows as Parquet files in a directory for each UTC day. Entries arrive nearly in the order of time, so that a few days are
 * open at once; one that comes back later begins another file of its day.
 */
final class ParquetOutput<R> implements Output<R> {
    /** Days whose files are open at once: each holds a row group in memory. */
    static final int DAYS_OPEN_MAX = 6;

    /** Files that wait for their commit, each with its descriptor. */
    static final int FINISHED_MAX = 200;

    private static final float LOAD = 0.75f;

    private final Path directory;
    private final List<Field<R>> fields;
    private final Function<R, Instant> at;
    private final String createdBy;
    private final Map<String, ColumnType> columns = new LinkedHashMap<>();
    private final Map<LocalDate, Day> open = new LinkedHashMap<>(16, LOAD, /* accessOrder= */ true);
    private final List<NewFile> finished = new ArrayList<>();
    private long after;
    private int files;

    private record Day(NewFile file, ParquetFile parquet) {}

    ParquetOutput(Path directory, List<Field<R>> fields, Function<R, Instant> at, String createdBy, long after) {
        this.directory = directory;
        this.fields = fields;
        this.at = at;
        this.createdBy = createdBy;
        this.after = after;
        fields.forEach(field -> columns.put(field.name(), field.type()));
    }

    @Override
    public void add(R row) throws IOException {
        LocalDate date = LocalDate.ofInstant(at.apply(row), ZoneOffset.UTC);
        Day day = open.get(date);
        if (day == null) {
            makeRoom();
            day = open(date);
            open.put(date, day);
        }
        List<@Nullable Object> cells = new ArrayList<>(fields.size());
        for (Field<R> field : fields) {
            cells.add(field.value().of(row));
        }
        day.parquet().row(cells);
    }

    private Day open(LocalDate date) throws IOException {
        Path partition = directory.resolve("day=" + date);
        Files.createDirectories(partition);
        NewFile file = new NewFile(partition.resolve(Parts.name(after, "-" + files++ + ".parquet")));
        return new Day(file, new ParquetFile(file.out(), columns, createdBy));
    }

    private void makeRoom() throws IOException {
        if (open.size() < DAYS_OPEN_MAX) {
            return;
        }
        Iterator<Day> oldest = open.values().iterator();
        Day day = oldest.next();
        oldest.remove();
        finish(day);
    }

    private void finish(Day day) throws IOException {
        finished.add(day.file());
        day.parquet().finish();
    }

    @Override
    public boolean inParts() {
        return true;
    }

    @Override
    public boolean full() {
        return finished.size() >= FINISHED_MAX;
    }

    @Override
    public void commit(long next) throws IOException {
        for (Day day : open.values()) {
            finish(day);
        }
        open.clear();
        for (NewFile file : finished) {
            file.commit();
        }
        finished.clear();
        files = 0;
        after = next;
    }

    @Override
    public void close() throws IOException {
        for (Day day : open.values()) {
            day.file().close();
        }
        for (NewFile file : finished) {
            file.close();
        }
    }
}
