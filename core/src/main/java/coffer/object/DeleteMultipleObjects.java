package coffer.object;

import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
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
import java.util.stream.IntStream;

/**
 * Source: COS API reference, "DELETE Multiple Objects". The Java SDK leaves Quiet out when it is false; a missing key is
 * reported as deleted.
 */
public final class DeleteMultipleObjects implements Handler {
    private static final int MAX_KEYS = 1000;
    private static final int MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;

    private final BucketService buckets;
    private final ObjectService objects;

    public DeleteMultipleObjects(BucketService buckets, ObjectService objects) {
        this.buckets = buckets;
        this.objects = objects;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Element document = request.document(MAX_DOCUMENT_BYTES);
        List<Element> listed = document.all("Object");
        if (!document.name().equals("Delete") || listed.isEmpty() || listed.size() > MAX_KEYS) {
            throw CosError.MALFORMED_XML.because("Delete must name 1 to " + MAX_KEYS + " objects.");
        }
        boolean quiet =
                document.childText("Quiet").filter("true"::equalsIgnoreCase).isPresent();
        XmlWriter xml = new XmlWriter().open("DeleteResult");
        for (Outcome outcome : deleteAll(bucket, listed)) {
            outcome.write(xml, quiet);
        }
        return CosResponse.xml(xml.close("DeleteResult"));
    }

    /** All keys at once, so that they share the syncs of the store; what is asked of one key would be in its own way. */
    private List<Outcome> deleteAll(Bucket bucket, List<Element> listed) {
        Map<String, List<Asked>> byKey = new LinkedHashMap<>();
        for (int place = 0; place < listed.size(); place++) {
            Asked asked = Asked.of(listed.get(place), place);
            byKey.computeIfAbsent(asked.key, key -> new ArrayList<>()).add(asked);
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            return byKey.values().stream()
                    .map(ofOneKey -> CompletableFuture.supplyAsync(() -> delete(bucket, ofOneKey), executor))
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

    private List<Outcome> delete(Bucket bucket, List<Asked> ofOneKey) {
        List<Outcome> outcomes = new ArrayList<>();
        List<Asked> versions = new ArrayList<>();
        for (Asked asked : ofOneKey) {
            try {
                ObjectKey.check(asked.key);
                if (asked.versionId.isPresent()) {
                    versions.add(asked);
                } else {
                    outcomes.add(new Outcome(asked, objects.delete(bucket, asked.key), Optional.empty()));
                }
            } catch (CosException e) {
                outcomes.add(new Outcome(asked, Deletion.NOTHING, Optional.of(e)));
            }
        }
        outcomes.addAll(deleteVersions(bucket, versions));
        return outcomes;
    }

    /** All by one commit, or each by its own if one of them must stay. */
    private List<Outcome> deleteVersions(Bucket bucket, List<Asked> versions) {
        if (versions.isEmpty()) {
            return List.of();
        }
        List<VersionId.Named> named = versions.stream()
                .map(asked -> VersionId.Named.parse(asked.versionId.orElseThrow()))
                .toList();
        try {
            List<Deletion> deletions = objects.delete(bucket, versions.getFirst().key, named);
            return IntStream.range(0, versions.size())
                    .mapToObj(i -> new Outcome(versions.get(i), deletions.get(i), Optional.empty()))
                    .toList();
        } catch (CosException e) {
            return versions.size() == 1
                    ? List.of(new Outcome(versions.getFirst(), Deletion.NOTHING, Optional.of(e)))
                    : versions.stream()
                            .flatMap(one -> deleteVersions(bucket, List.of(one)).stream())
                            .toList();
        }
    }

    /**
     * One of the objects.
     *
     * @param place in the request, whose order the answer keeps
     */
    private record Asked(int place, String key, Optional<String> versionId) {
        static Asked of(Element object, int place) {
            String key = object.child("Key").map(Element::content).orElse("");
            return new Asked(place, key, object.childText("VersionId").filter(id -> !id.isEmpty()));
        }
    }

    /** What became of one of the objects. */
    private record Outcome(Asked asked, Deletion deletion, Optional<CosException> failure) {
        void write(XmlWriter xml, boolean quiet) {
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
            failure.ifPresent(e -> xml.element("Code", e.error().code()).element("Message", e.message()));
            xml.close(element);
        }
    }
}
