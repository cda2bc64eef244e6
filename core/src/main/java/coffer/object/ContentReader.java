package coffer.object;

import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKey;
import coffer.object.AccessControl.Question;
import coffer.request.CosRequest;
import java.util.Optional;

/** Opens objects for what computes with their bytes, under the rules of GET Object. Thread-safe. */
public final class ContentReader {
    private final BucketService buckets;
    private final ObjectService objects;
    private final Symlinks symlinks;

    public ContentReader(BucketService buckets, ObjectService objects, AccessControl access) {
        this.buckets = buckets;
        this.objects = objects;
        this.symlinks = new Symlinks(objects, access);
    }

    /**
     * Opens the object that a request is addressed to, or what a symlink leads to. That the caller may read it has been
     * decided.
     *
     * @return to be closed by the caller
     * @throws CosException {@code NoSuchBucket}, {@code NoSuchKey}, {@code NoSuchVersion}, {@code InvalidObjectState} if it
     *     is archived, what a wrong or a missing key of an encrypted one is answered with
     */
    public ObjectContent open(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Optional<String> named = Versions.named(request.query());
        Question question = Question.of(request, "GetObject");
        while (true) {
            StoredObject found = objects.versions().require(bucket, request.key(), named);
            StoredObject stored = symlinks.follow(question, bucket, found);
            stored.version().shownAs(found.version()).requireReadable(objects.now());
            ContentKey contentKey = objects.encryption().openToRead(bucket, stored, request.headers());
            Optional<ObjectContent> content = objects.contents().openWhole(bucket, stored, contentKey.cipher());
            if (content.isPresent()) {
                return content.get();
            }
            // replaced between finding it and opening it: the new one is as good an answer
        }
    }
}
