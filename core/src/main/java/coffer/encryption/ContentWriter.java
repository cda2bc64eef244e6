package coffer.encryption;

import coffer.store.BlobWriter;

/** A blob being written, perhaps encrypted on the way: plaintext goes in. */
public interface ContentWriter extends BlobWriter {
    /** To be kept in the row that refers to the blob; it is needed to read it. */
    Salt salt();
}
