package coffer.object;

import coffer.bucket.Bucket;
import java.util.function.Function;

/**
 * How the entries of listings are worded, which the dialects do differently.
 *
 * @param owner names who owns a bucket
 * @param storageClass names a storage class
 * @param unversioned the version id of objects of a bucket that was never versioned
 * @param restorations how far those of archived objects are
 * @param leastPage how few uploads or parts a page may be asked to have
 */
public record ListingWords(
        Function<Bucket, String> owner,
        Function<StorageClass, String> storageClass,
        String unversioned,
        RestoreWords restorations,
        int leastPage) {
    /**
     * Source: COS API reference, "GET Bucket (List Objects)": an owner is an APPID; "GET Bucket Object versions": an
     * object of a bucket that was never versioned has an empty version id.
     */
    public static final ListingWords COS = new ListingWords(Bucket::appId, StorageClass::name, "", RestoreWords.COS, 1);
}
