package coffer.object;

import coffer.api.BodyStream;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.encryption.ContentKey;
import java.io.InputStream;
import java.util.Optional;

/** What the store itself reads of objects: lists of what is to be done. Thread-safe. */
public final class ObjectReader {
    private final ObjectService objects;

    public ObjectReader(ObjectService objects) {
        this.objects = objects;
    }

    /**
     * A version.
     *
     * @param versionId empty for the current one
     * @throws CosException {@code NoSuchKey}, {@code NoSuchVersion}
     */
    public StoredObject find(Bucket bucket, String key, Optional<String> versionId) {
        return objects.versions().require(bucket, key, versionId);
    }

    /**
     * Opens a version; what was opened can be read to its end, whatever becomes of the object. The caller closes it.
     *
     * @throws CosException {@code InvalidObjectState} if it is archived, {@code NoSuchKey} if it was replaced meanwhile,
     *     what is said of objects that are encrypted with a key of a client
     */
    public InputStream open(Bucket bucket, StoredObject stored) {
        stored.version().requireReadable(objects.now());
        ContentKey key = objects.encryption()
                .open(bucket, stored.key(), stored.version().content().encryption(), Optional.empty());
        ResponseBody.Pieces pieces = objects.contents()
                .open(bucket, stored, key.cipher(), 0, stored.version().sizeBytes())
                .orElseThrow(() -> CosError.NO_SUCH_KEY.because("The object was replaced meanwhile."));
        return new PieceStream(new PieceBody(pieces));
    }

    private static final class PieceStream extends BodyStream {
        private final PieceBody body;

        PieceStream(PieceBody body) {
            super(body);
            this.body = body;
        }

        @Override
        public void close() {
            body.close();
        }
    }
}
