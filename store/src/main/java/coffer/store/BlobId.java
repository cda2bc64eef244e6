package coffer.store;

/**
 * Names a blob for as long as it exists; never used again within an engine.
 *
 * @param value opaque to everyone but the engine
 */
public record BlobId(long value) {}
