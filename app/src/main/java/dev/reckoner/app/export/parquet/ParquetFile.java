package dev.reckoner.app.export.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Parquet file of flat rows: one page for each column of a row group, plain, gzipped, no statistics
 * (github.com/apache/parquet-format, parquet.thrift). Rows wait in memory until a row group is full. For one thread.
 */
public final class ParquetFile {
    /** Rows of a row group, at most. */
    static final int GROUP_ROWS_MAX = 20_000;

    /** Bytes of a row group before compression, about. */
    static final int GROUP_BYTES_MAX = 8 << 20;

    private static final int SIZE_LOOKED_AT = 1_000;
    private static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);
    private static final int GZIP = 2;
    private static final int PLAIN = 0;
    private static final int RLE = 3;

    private final OutputStream out;
    private final Map<String, ColumnType> columns;
    private final String createdBy;
    private final List<ColumnBuffer> buffers = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private long written;
    private int rows;

    private record Chunk(long offset, int cells, long plainBytes, long bytes) {}

    private record Group(List<Chunk> chunks, int rows) {}

    /**
     * Begins one.
     *
     * @param columns their names in order
     */
    public ParquetFile(OutputStream out, Map<String, ColumnType> columns, String createdBy) throws IOException {
        this.out = out;
        this.columns = columns;
        this.createdBy = createdBy;
        columns.values().forEach(type -> buffers.add(new ColumnBuffer(type)));
        write(MAGIC);
    }

    /** Adds a row, a cell for each column. */
    public void row(List<@Nullable Object> cells) throws IOException {
        for (int i = 0; i < buffers.size(); i++) {
            buffers.get(i).add(cells.get(i));
        }
        rows++;
        if (rows >= GROUP_ROWS_MAX || (rows % SIZE_LOOKED_AT == 0 && bytes() >= GROUP_BYTES_MAX)) {
            group();
        }
    }

    private long bytes() {
        return buffers.stream().mapToLong(ColumnBuffer::bytes).sum();
    }

    private void group() throws IOException {
        if (rows == 0) {
            return;
        }
        List<Chunk> chunks = new ArrayList<>();
        for (ColumnBuffer buffer : buffers) {
            ColumnBuffer.Page page = buffer.page();
            long offset = written;
            page.writeTo(out);
            written += page.bytes();
            chunks.add(new Chunk(offset, page.cells(), page.plainBytes(), page.bytes()));
        }
        groups.add(new Group(chunks, rows));
        rows = 0;
    }

    /** Writes what waits and the description at the end, without which it is no file. Leaves the stream open. */
    public void finish() throws IOException {
        group();
        byte[] footer = Thrift.struct(this::describe);
        write(footer);
        write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.length)
                .array());
        write(MAGIC);
        out.flush();
    }

    private void describe(Thrift file) {
        List<Consumer<Thrift>> schema = new ArrayList<>();
        schema.add(root -> {
            root.text(4, "schema");
            root.i32(5, columns.size());
        });
        columns.forEach((name, type) -> schema.add(element -> type.describe(element, name)));
        List<Consumer<Thrift>> described = new ArrayList<>();
        groups.forEach(group -> described.add(one -> describe(one, group)));
        file.i32(1, 1);
        file.structs(2, schema, schema.size());
        file.i64(3, groups.stream().mapToLong(Group::rows).sum());
        file.structs(4, described, described.size());
        file.text(6, createdBy);
    }

    private void describe(Thrift out, Group group) {
        List<Consumer<Thrift>> chunks = new ArrayList<>();
        int i = 0;
        for (Map.Entry<String, ColumnType> column : columns.entrySet()) {
            Chunk chunk = group.chunks().get(i++);
            chunks.add(one -> describe(one, column.getKey(), column.getValue(), chunk));
        }
        out.structs(1, chunks, chunks.size());
        out.i64(2, group.chunks().stream().mapToLong(Chunk::plainBytes).sum());
        out.i64(3, group.rows());
    }

    private static void describe(Thrift out, String name, ColumnType type, Chunk chunk) {
        out.i64(2, chunk.offset());
        out.struct(3, data -> {
            data.i32(1, type.physical());
            data.i32s(2, PLAIN, RLE);
            data.texts(3, name);
            data.i32(4, GZIP);
            data.i64(5, chunk.cells());
            data.i64(6, chunk.plainBytes());
            data.i64(7, chunk.bytes());
            data.i64(9, chunk.offset());
        });
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        written += bytes.length;
    }
}
