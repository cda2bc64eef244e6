package coffer.store;

import java.util.Optional;

/** A position in the rows of one kind. Not thread-safe. */
public interface RowCursor extends AutoCloseable {
    /** The next row in order, or empty after the last one of the space and kind. */
    Optional<Row> next();

    /** Jumps to the first row at or after the given position, forwards or backwards, at the cost of one seek. */
    void seek(String key, String suffix);

    @Override
    void close();
}
