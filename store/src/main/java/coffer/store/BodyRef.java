package coffer.store;

/**
 * Where an engine keeps the body of a row. Meaningful only to the engine that made it, and only until the row is
 * replaced or deleted: read it soon, and on a {@link StoreException} with reason {@code GONE} read the row again.
 */
public interface BodyRef {
    /** The length of the body in bytes. */
    long lengthBytes();
}
