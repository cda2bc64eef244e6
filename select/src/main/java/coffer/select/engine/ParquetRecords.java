package coffer.select.engine;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.SelectInput;
import coffer.select.SelectOutput;
import coffer.select.SelectStopped;
import coffer.select.sql.Name;
import coffer.select.value.Absent;
import coffer.store.StoreException;
import dev.hardwood.HardwoodContext;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnProjection;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The records of Parquet: of its columns only those are read that the query looks at. Not thread-safe. */
final class ParquetRecords implements Records, Row {
    private static final Set<CompressionCodec> CODECS =
            Set.of(CompressionCodec.UNCOMPRESSED, CompressionCodec.GZIP, CompressionCodec.SNAPPY);

    private static final long LOOK_MILLIS = 100;
    private static final int LOOK_ROWS = 1024;
    private static final long MAX_PARTS_BYTES = 32L * 1024 * 1024;

    private final Semaphore turn;
    private final Plan plan;
    private final SelectInput input;
    private final SelectOutput output;
    private List<String> names = List.of();
    private int[] columns = new int[0];
    private @Nullable Object[] values = new Object[0];
    private @Nullable RowReader rows;

    /** @param turn held while the object is read */
    ParquetRecords(Semaphore turn, Plan plan, SelectInput input, SelectOutput output) {
        this.turn = turn;
        this.plan = plan;
        this.input = input;
        this.output = output;
    }

    @Override
    public void each(Taker taker) {
        ParquetSettings.apply();
        awaitTurn();
        try {
            readAll(taker);
        } finally {
            turn.release();
        }
    }

    private void awaitTurn() {
        try {
            while (!turn.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                output.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SelectStopped();
        }
    }

    private void readAll(Taker taker) {
        try (ParquetFile file = new ParquetFile(input);
                HardwoodContext threads = HardwoodContext.create(1);
                ParquetFileReader reader = ParquetFileReader.open(file, threads)) {
            requireCodecs(reader);
            List<String> all = reader.getFileSchema().getRootNode().children().stream()
                    .map(node -> node.name())
                    .toList();
            names = wanted(all);
            columns = plan.columns().stream()
                    .mapToInt(name -> position(name, all))
                    .toArray();
            if (names.isEmpty()) {
                count(reader.getFileMetaData().numRows(), taker);
            } else {
                requireMemory(reader);
                read(reader, file, taker);
            }
            output.processed(file.bytesRead());
        } catch (CosException | SelectStopped | StoreException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw failed(e);
        }
    }

    /** The reader wraps what is thrown while it reads. */
    private static RuntimeException failed(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return CosError.OVER_MAX_PARQUET_BLOCK_SIZE.exception();
            }
            if (cause instanceof CosException || cause instanceof SelectStopped || cause instanceof StoreException) {
                return (RuntimeException) cause;
            }
        }
        return CosError.PARQUET_PARSING_ERROR.because(
                "The object is not Parquet that is understood: " + e.getMessage());
    }

    private static void requireCodecs(ParquetFileReader reader) {
        reader.getFileMetaData().rowGroups().stream()
                .flatMap(group -> group.columns().stream())
                .map(chunk -> chunk.metaData().codec())
                .filter(codec -> !CODECS.contains(codec))
                .findFirst()
                .ifPresent(codec -> {
                    throw CosError.INVALID_COMPRESSION_FORMAT.because(
                            "The columns of the Parquet file are compressed by " + codec
                                    + "; GZIP and SNAPPY are read.");
                });
    }

    /** Of each column two parts are in memory, the one that is decoded and the next one. */
    private void requireMemory(ParquetFileReader reader) {
        long most = 0;
        for (RowGroup group : reader.getFileMetaData().rowGroups()) {
            long bytes = group.columns().stream()
                    .map(ColumnChunk::metaData)
                    .filter(chunk -> names.contains(chunk.pathInSchema().topLevelName()))
                    .mapToLong(chunk -> Math.min(ParquetSettings.PART_BYTES, chunk.totalCompressedSize()))
                    .sum();
            most = Math.max(most, 2 * bytes);
        }
        if (most > MAX_PARTS_BYTES) {
            throw CosError.OVER_MAX_PARQUET_BLOCK_SIZE.because(
                    "The query looks at more columns of the Parquet file than go into memory at once.");
        }
    }

    private List<String> wanted(List<String> all) {
        if (plan.needsRecord()) {
            return all;
        }
        Set<Integer> found = new TreeSet<>();
        plan.columns().forEach(name -> found.add(find(name, all)));
        return found.stream().map(all::get).toList();
    }

    private static int find(Name name, List<String> all) {
        int named = Fields.find(all, name);
        int position = named >= 0 ? named : name.position().orElse(-1);
        if (position < 0 || position >= all.size()) {
            throw CosError.MISSING_HEADERS.because("The object has no column called " + name.text() + ".");
        }
        return position;
    }

    private int position(Name name, List<String> all) {
        return names.indexOf(all.get(find(name, all)));
    }

    /** Where no column is looked at, nothing is read. */
    private void count(long rows, Taker taker) {
        boolean wantsMore = true;
        for (long i = 0; i < rows && wantsMore; i++) {
            wantsMore = taker.take(this);
        }
    }

    private void read(ParquetFileReader reader, ParquetFile file, Taker taker) {
        ColumnProjection projection = ColumnProjection.columns(names.toArray(String[]::new));
        values = new Object[names.size()];
        try (RowReader opened = reader.buildRowReader().projection(projection).build()) {
            rows = opened;
            boolean wantsMore = true;
            for (int row = 1; wantsMore && opened.hasNext(); row++) {
                opened.next();
                if (row % LOOK_ROWS == 0) {
                    output.processed(file.bytesRead());
                }
                Arrays.fill(values, null);
                wantsMore = taker.take(this);
            }
        }
    }

    /** Made when it is asked for: of a record that does not count, few are. */
    private Object value(int index) {
        Object value = values[index];
        if (value == null) {
            value = rows == null ? Absent.MISSING : ParquetValues.value(rows, names.get(index));
            values[index] = value;
        }
        return value;
    }

    @Override
    public Object column(int slot) {
        return values.length == 0 ? Absent.MISSING : value(columns[slot]);
    }

    @Override
    public Object record() {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            record.put(names.get(i), value(i));
        }
        return record;
    }

    @Override
    public void writeAll(RowWriter writer) {
        for (int i = 0; i < names.size(); i++) {
            writer.field(names.get(i), value(i));
        }
    }

    @Override
    public void check() {
        output.check();
    }
}
