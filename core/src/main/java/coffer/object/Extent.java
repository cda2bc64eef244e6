package coffer.object;

import coffer.store.BlobId;

/** A blob that holds a stretch of an object, whole. */
public record Extent(BlobId blob, long lengthBytes) {}
