package coffer.store;

/** All rows as they are at one moment, whatever is committed afterwards. Used by one thread at a time. */
public interface RowView extends AutoCloseable {
    /** As {@link MetadataStore#scan}, but sees exactly what the view sees. Close it before the view. */
    RowCursor scan(String space, char kind, String fromKey, String fromSuffix);

    @Override
    void close();
}
