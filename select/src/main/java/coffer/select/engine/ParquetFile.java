package coffer.select.engine;

import coffer.api.CosError;
import coffer.select.SelectInput;
import dev.hardwood.InputFile;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An object as the reader of Parquet wants it. Several threads ask, which are interrupted at the end; one other reads, as
 * an interrupt would close files that others read.
 */
final class ParquetFile implements InputFile {
    /** What is read at once; the reader asks for one part of a column at a time. */
    static final int MAX_RANGE_BYTES = 16 * 1024 * 1024;

    private final SelectInput input;
    private final AtomicLong bytesRead = new AtomicLong();
    private final ExecutorService reading = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("select-parquet").factory());

    ParquetFile(SelectInput input) {
        this.input = input;
    }

    @Override
    public void open() {
        // it is
    }

    @Override
    public ByteBuffer readRange(long offset, int length) {
        if (offset < 0 || length < 0 || length > input.lengthBytes() - offset) {
            throw CosError.PARQUET_PARSING_ERROR.because("The object is not Parquet: it points behind its end.");
        }
        if (length > MAX_RANGE_BYTES) {
            throw CosError.OVER_MAX_PARQUET_BLOCK_SIZE.exception();
        }
        try {
            return CompletableFuture.supplyAsync(() -> read(offset, length), reading)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private ByteBuffer read(long offset, int length) {
        ByteBuffer range = ByteBuffer.allocate(length);
        bytesRead.addAndGet(input.read(offset, range));
        return range.flip();
    }

    /** How much has been read so far. */
    long bytesRead() {
        return bytesRead.get();
    }

    @Override
    public long length() {
        return input.lengthBytes();
    }

    @Override
    public String name() {
        return "object";
    }

    @Override
    public void close() {
        reading.close();
    }
}
