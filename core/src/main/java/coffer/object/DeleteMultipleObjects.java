package coffer.object;

import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.object.AccessControl.Question;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Source: COS API reference, "DELETE Multiple Objects". The Java SDK leaves Quiet out when it is false; a missing key is
 * reported as deleted. Each key is a question of rights of its own; who may delete none of them is refused as a whole.
 */
public final class DeleteMultipleObjects implements Handler {
    private static final String ACTION = "DeleteObject";
    private static final int MAX_KEYS = 1000;
    private static final int MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;

    private final BucketService buckets;
    private final ObjectService objects;
    private final AccessControl access;

    public DeleteMultipleObjects(BucketService buckets, ObjectService objects, AccessControl access) {
        this.buckets = buckets;
        this.objects = objects;
        this.access = access;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Element document = document(request, bucket);
        boolean quiet =
                document.childText("Quiet").filter("true"::equalsIgnoreCase).isPresent();
        List<Outcome> outcomes = deleteAll(request, bucket, document.all("Object"));
        if (outcomes.stream().allMatch(Outcome::isDenied)) {
            throw CosError.ACCESS_DENIED.exception();
        }
        XmlWriter xml = new XmlWriter().open("DeleteResult");
        for (Outcome outcome : outcomes) {
            outcome.write(xml, quiet);
        }
        return CosResponse.xml(xml.close("DeleteResult"));
    }

    /** Who may delete nothing is told so, not what is wrong with the document. */
    private Element document(CosRequest request, Bucket bucket) {
        try {
            Element document = request.document(MAX_DOCUMENT_BYTES);
            int objects = document.all("Object").size();
            if (!document.name().equals("Delete") || objects == 0 || objects > MAX_KEYS) {
                throw CosError.MALFORMED_XML.because("Delete must name 1 to " + MAX_KEYS + " objects.");
            }
            return document;
        } catch (CosException e) {
            access.requireObject(Question.of(request, ACTION), bucket, "", Optional.empty());
            throw e;
        }
    }

    /** All at once, so that they share the syncs of the store. */
    private List<Outcome> deleteAll(CosRequest request, Bucket bucket, List<Element> listed) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return listed.stream()
                    .map(object -> CompletableFuture.supplyAsync(() -> delete(request, bucket, object), executor))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private Outcome delete(CosRequest request, Bucket bucket, Element object) {
        String key = object.child("Key").map(Element::content).orElse("");
        Optional<String> versionId = object.childText("VersionId").filter(id -> !id.isEmpty());
        try {
            access.requireObject(Question.of(request, ACTION), bucket, key, versionId);
            ObjectKey.check(key);
            Deletion deletion = versionId
                    .map(id -> objects.delete(bucket, key, VersionId.Named.parse(id)))
                    .orElseGet(() -> objects.delete(bucket, key));
            return new Outcome(key, versionId, deletion, Optional.empty());
        } catch (CosException e) {
            return new Outcome(key, versionId, Deletion.NOTHING, Optional.of(e));
        }
    }

    /** What became of one of the objects. */
    private record Outcome(String key, Optional<String> versionId, Deletion deletion, Optional<CosException> failure) {
        boolean isDenied() {
            return failure.filter(e -> e.error() == CosError.ACCESS_DENIED).isPresent();
        }

        void write(XmlWriter xml, boolean quiet) {
            if (quiet && failure.isEmpty()) {
                return;
            }
            String element = failure.isPresent() ? "Error" : "Deleted";
            xml.open(element).element("Key", key);
            versionId.ifPresent(id -> xml.element("VersionId", id));
            if (deletion.concernsMarker()) {
                xml.element("DeleteMarker", true)
                        .element("DeleteMarkerVersionId", deletion.versionId().orElse(""));
            }
            failure.ifPresent(e -> xml.element("Code", e.error().code()).element("Message", e.message()));
            xml.close(element);
        }
    }
}
