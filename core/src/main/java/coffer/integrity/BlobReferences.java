package coffer.integrity;

import coffer.store.BlobId;
import java.util.Arrays;

/** Blobs that rows refer to, 8 bytes each: there may be hundreds of millions. */
final class BlobReferences {
    private long[] ids = new long[1024];
    private int count;

    void add(BlobId blob) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        ids[count++] = blob.value();
    }

    /** All, in order; one that was added twice is there twice. */
    long[] sorted() {
        long[] sorted = Arrays.copyOf(ids, count);
        Arrays.sort(sorted);
        return sorted;
    }
}
