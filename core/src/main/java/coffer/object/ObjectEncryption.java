package coffer.object;

import coffer.api.CosException;
import coffer.api.Headers;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.encryption.ContentKey;
import coffer.encryption.ContentKeys;
import coffer.encryption.CustomerKey;
import coffer.encryption.Encryption;
import coffer.encryption.EncryptionHeaders;
import coffer.encryption.EncryptionRequest;
import coffer.store.RowGroup;
import java.util.Optional;

/** The keys of objects and uploads, as requests and buckets ask for them. Thread-safe. */
public final class ObjectEncryption {
    private final ContentKeys keys;
    private final BucketSettings settings;

    ObjectEncryption(ContentKeys keys, BucketSettings settings) {
        this.keys = keys;
        this.settings = settings;
    }

    /** Whose the data keys of an object are and of the uploads that are to become it; a space has no slash. */
    public static String owner(RowGroup object) {
        return object.space() + "/" + object.key();
    }

    private static String owner(Bucket bucket, String key) {
        return owner(ObjectRows.current(bucket, key).group());
    }

    /**
     * How a write asks for its bytes to be kept.
     *
     * @param headers of the request, or the fields of a form
     * @throws CosException as {@link EncryptionHeaders#ofWrite}
     */
    EncryptionRequest asked(Bucket bucket, Headers headers) {
        return EncryptionHeaders.ofWrite(headers, settings.find(bucket, Settings.ENCRYPTION));
    }

    /**
     * The key of what a write makes.
     *
     * @throws CosException also as {@link ContentKeys#begin}
     */
    public ContentKey begin(Bucket bucket, String key, Headers headers) {
        return begin(bucket, key, asked(bucket, headers));
    }

    ContentKey begin(Bucket bucket, String key, EncryptionRequest request) {
        return request instanceof EncryptionRequest.None ? ContentKey.NONE : keys.begin(request, owner(bucket, key));
    }

    /**
     * The key of what is there.
     *
     * @param given the customer's key that the request brings
     * @throws CosException as {@link ContentKeys#open}
     */
    public ContentKey open(Bucket bucket, String key, Encryption encryption, Optional<CustomerKey> given) {
        return encryption.isNone() && given.isEmpty()
                ? ContentKey.NONE
                : keys.open(encryption, given, owner(bucket, key));
    }

    /**
     * The key of what is to be read.
     *
     * @throws CosException as {@link ContentKeys#open} and {@link EncryptionHeaders#ofRead}
     */
    ContentKey openToRead(Bucket bucket, StoredObject stored, Headers headers) {
        return open(bucket, stored.key(), stored.version().content().encryption(), EncryptionHeaders.ofRead(headers));
    }

    /**
     * The key of what is to be copied.
     *
     * @throws CosException as {@link ContentKeys#open} and {@link EncryptionHeaders#ofCopySource}
     */
    public ContentKey openToCopy(CopySourceReader.Source source, Headers headers) {
        StoredObject stored = source.object();
        return open(
                source.bucket(),
                stored.key(),
                stored.version().content().encryption(),
                EncryptionHeaders.ofCopySource(headers));
    }
}
