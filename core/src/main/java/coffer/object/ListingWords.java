package coffer.object;

import coffer.bucket.Bucket;
import java.util.function.Function;

/**
 * How the entries of listings are worded, which the dialects do differently.
 *
 * @param owner names who owns a bucket
 * @param storageClass names a storage class
 */
public record ListingWords(Function<Bucket, String> owner, Function<StorageClass, String> storageClass) {
    /** Source: COS API reference, "GET Bucket (List Objects)": an owner is an APPID. */
    public static final ListingWords COS = new ListingWords(Bucket::appId, StorageClass::name);
}
