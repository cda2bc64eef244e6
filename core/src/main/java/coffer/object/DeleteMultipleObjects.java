package coffer.object;

import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.checksum.ExpectedChecksum;
import coffer.event.Cause;
import coffer.object.AccessControl.Question;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.store.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

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
    private final GovernanceBypass bypass;
    private final Style style;

    public DeleteMultipleObjects(BucketService buckets, ObjectService objects, AccessControl access, Style style) {
        this.buckets = buckets;
        this.objects = objects;
        this.access = access;
        this.bypass = new GovernanceBypass(access);
        this.style = style;
    }

    /**
     * What the dialects do differently.
     *
     * @param refusesAsWhole whether a request none of whose keys may be deleted is refused itself
     * @param needsDigest whether the document must come with a digest or checksum of it
     * @param code the code of an error that concerns one key
     */
    public record Style(boolean refusesAsWhole, boolean needsDigest, Function<CosException, String> code) {
        public static final Style COS = new Style(true, false, e -> e.error().code());
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Element document = document(request, bucket);
        boolean quiet =
                document.childText("Quiet").filter("true"::equalsIgnoreCase).isPresent();
        List<Outcome> outcomes = deleteAll(request, bucket, document.all("Object"));
        if (style.refusesAsWhole && outcomes.stream().allMatch(Outcome::isDenied)) {
            throw CosError.ACCESS_DENIED.exception();
        }
        XmlWriter xml = new XmlWriter().open("DeleteResult");
        for (Outcome outcome : outcomes) {
            outcome.write(xml, quiet, style.code);
        }
        return CosResponse.xml(xml.close("DeleteResult"));
    }

    /** Who may delete nothing is told so, not what is wrong with the document. */
    private Element document(CosRequest request, Bucket bucket) {
        try {
            if (style.needsDigest) {
                requireDigest(request.headers());
            }
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

    private static void requireDigest(Headers headers) {
        if (headers.nonEmpty("Content-MD5").isEmpty()
                && ExpectedChecksum.of(headers).isEmpty()) {
            throw CosError.INVALID_REQUEST.because(
                    "Missing required header for this request: Content-MD5 OR x-amz-checksum-*.");
        }
    }

    /** All keys at once, so that they share the syncs of the store; what is asked of one key would be in its own way. */
    private List<Outcome> deleteAll(CosRequest request, Bucket bucket, List<Element> listed) {
        Map<String, List<Asked>> byKey = new LinkedHashMap<>();
        for (int place = 0; place < listed.size(); place++) {
            Asked asked = Asked.of(listed.get(place), place);
            byKey.computeIfAbsent(asked.key, key -> new ArrayList<>()).add(asked);
        }
        Cause cause = Cause.current();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return byKey.values().stream()
                    .map(ofOneKey -> CompletableFuture.supplyAsync(
                            () -> cause.during(() -> delete(request, bucket, ofOneKey)), executor))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingInt(outcome -> outcome.asked.place))
                    .toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** What is refused is answered so, one by one; what may be deleted of a key goes by as few commits as there can be. */
    private List<Outcome> delete(CosRequest request, Bucket bucket, List<Asked> ofOneKey) {
        List<Outcome> outcomes = new ArrayList<>();
        List<Asked> versions = new ArrayList<>();
        for (Asked asked : ofOneKey) {
            Optional<CosException> refusal = refusal(request, bucket, asked);
            if (refusal.isPresent()) {
                outcomes.add(new Outcome(asked, Deletion.NOTHING, refusal));
            } else if (asked.versionId.isPresent()) {
                versions.add(asked);
            } else {
                outcomes.addAll(
                        attempt(List.of(asked), () -> List.of(objects.delete(bucket, asked.key, asked.conditions))));
            }
        }
        outcomes.addAll(deleteVersions(request, bucket, versions));
        return outcomes;
    }

    private Optional<CosException> refusal(CosRequest request, Bucket bucket, Asked asked) {
        try {
            access.requireObject(Question.of(request, ACTION), bucket, asked.key, asked.versionId);
            ObjectKey.check(asked.key, ObjectKey.MAX_S3_BYTES);
            return Optional.empty();
        } catch (CosException e) {
            return Optional.of(e);
        }
    }

    /** All by one commit; if one of them cannot be deleted, each by its own. */
    private List<Outcome> deleteVersions(CosRequest request, Bucket bucket, List<Asked> versions) {
        if (versions.isEmpty()) {
            return List.of();
        }
        List<Removal> removals = versions.stream()
                .map(asked -> new Removal(VersionId.Named.parse(asked.versionId.orElseThrow()), asked.conditions))
                .toList();
        Asked first = versions.getFirst();
        boolean bypasses = bypass.isMeant(request, bucket, first.key, first.versionId);
        List<Outcome> outcomes = attempt(versions, () -> objects.delete(bucket, first.key, removals, bypasses));
        boolean refused = outcomes.stream().anyMatch(outcome -> outcome.failure.isPresent());
        return refused && versions.size() > 1
                ? versions.stream()
                        .flatMap(asked -> deleteVersions(request, bucket, List.of(asked)).stream())
                        .toList()
                : outcomes;
    }

    private static List<Outcome> attempt(List<Asked> ofOneKey, Supplier<List<Deletion>> deletion) {
        try {
            List<Deletion> deletions = deletion.get();
            return IntStream.range(0, ofOneKey.size())
                    .mapToObj(i -> new Outcome(ofOneKey.get(i), deletions.get(i), Optional.empty()))
                    .toList();
        } catch (CosException e) {
            return ofOneKey.stream()
                    .map(asked -> new Outcome(asked, Deletion.NOTHING, Optional.of(e)))
                    .toList();
        }
    }

    /**
     * One of the objects.
     *
     * @param place in the request, whose order the answer keeps
     */
    private record Asked(int place, String key, Optional<String> versionId, DeleteConditions conditions) {
        static Asked of(Element object, int place) {
            String key = object.child("Key").map(Element::content).orElse("");
            return new Asked(
                    place, key, object.childText("VersionId").filter(id -> !id.isEmpty()), DeleteConditions.of(object));
        }
    }

    /** What became of one of the objects. */
    private record Outcome(Asked asked, Deletion deletion, Optional<CosException> failure) {
        boolean isDenied() {
            return failure.filter(e -> e.error() == CosError.ACCESS_DENIED).isPresent();
        }

        void write(XmlWriter xml, boolean quiet, Function<CosException, String> code) {
            if (quiet && failure.isEmpty()) {
                return;
            }
            String element = failure.isPresent() ? "Error" : "Deleted";
            xml.open(element).element("Key", asked.key);
            if (deletion.concernsMarker()) {
                xml.element("DeleteMarker", true)
                        .element("DeleteMarkerVersionId", deletion.versionId().orElse(""));
            }
            asked.versionId.ifPresent(id -> xml.element("VersionId", id));
            failure.ifPresent(e -> xml.element("Code", code.apply(e)).element("Message", e.message()));
            xml.close(element);
        }
    }
}
