package coffer.object;

import coffer.encryption.Salt;
import coffer.store.BlobId;

/**
 * A blob that holds a stretch of an object, whole.
 *
 * @param lengthBytes of the stretch; encrypted, the blob is longer
 * @param salt what it was encrypted with, or {@link Salt#NONE}
 */
public record Extent(BlobId blob, long lengthBytes, Salt salt) {}
