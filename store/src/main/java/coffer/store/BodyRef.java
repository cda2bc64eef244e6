package coffer.store;

/**
 * Where an engine keeps the body of a row. Meaningful only to the engine that made it, and only until the row is
 * replaced or deleted: read it soon, and on a {@link StoreException} with reason {@code GONE} read the row again.
 *
 * @param file which file or object holds the body
 * @param position where it starts there, in bytes
 * @param lengthBytes its length
 * @param crc32c checksum of its bytes, 0 from an engine that keeps none
 */
public record BodyRef(long file, long position, long lengthBytes, int crc32c) {}
