package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.RequestBody;
import coffer.bucket.Bucket;
import coffer.encryption.ContentKey;

/**
 * What the store itself writes into buckets: reports, manifests, logs. It belongs to the owner of the bucket and is used as
 * the bucket is; quotas, locks and the encryption that the bucket asks for hold for it, too. Thread-safe.
 */
public final class ObjectDelivery {
    private final ObjectService objects;

    public ObjectDelivery(ObjectService objects) {
        this.objects = objects;
    }

    /**
     * Writes an object, in place of an earlier one of that key.
     *
     * @param headers what a client would say of it: {@code Content-Type}, {@code x-cos-server-side-encryption}, ...
     * @param body at most {@link BodyReceiver#MAX_BYTES}
     * @return what is there when it is durable
     * @throws CosException what a client would be told
     */
    public ObjectVersion deliver(Bucket bucket, String key, Headers headers, RequestBody body) {
        ContentKey contentKey = objects.encryption().begin(bucket, key, headers);
        return objects.put(
                bucket,
                key,
                Attributes.of(headers),
                contentKey,
                body,
                BodyReceiver.Expectation.NONE,
                ObjectService.Precondition.NONE);
    }

    /**
     * Writes an object where there is none.
     *
     * @param headers as of {@link #deliver}
     * @param body at most {@link BodyReceiver#MAX_BYTES}
     * @param expectation what the body must match
     * @return whether it was written; if not, there is one already
     * @throws CosException what a client would be told
     */
    public boolean deliverIfAbsent(
            Bucket bucket, String key, Headers headers, RequestBody body, BodyReceiver.Expectation expectation) {
        ContentKey contentKey = objects.encryption().begin(bucket, key, headers);
        try {
            objects.put(bucket, key, Attributes.of(headers), contentKey, body, expectation, current -> {
                if (current.isPresent()) {
                    throw CosError.FILE_ALREADY_EXISTS.exception();
                }
            });
            return true;
        } catch (CosException e) {
            if (e.error() == CosError.FILE_ALREADY_EXISTS) {
                return false;
            }
            throw e;
        }
    }
}
