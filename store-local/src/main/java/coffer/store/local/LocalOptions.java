package coffer.store.local;

/**
 * Sizes of a local engine.
 *
 * @param segmentBytes length of a log segment, at least 32 MiB
 * @param blockCacheBytes memory of the index for reads, outside of the heap
 * @param rowCacheBytes memory of the index for rows read or written lately, on the heap
 * @param reservedBytes writes are refused when less than this is free on the disk, so that deletes still work
 */
public record LocalOptions(long segmentBytes, long blockCacheBytes, long rowCacheBytes, long reservedBytes) {
    private static final long MIB = 1024 * 1024;

    /** What a server on a laptop uses. */
    public static final LocalOptions DEFAULT = new LocalOptions(
            64 * MIB, 96 * MIB, Math.min(64 * MIB, Runtime.getRuntime().maxMemory() / 8), 128 * MIB);

    public LocalOptions {
        if (segmentBytes < 32 * MIB) {
            throw new IllegalArgumentException("a segment has at least 32 MiB");
        }
    }
}
