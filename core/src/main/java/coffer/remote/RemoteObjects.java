package coffer.remote;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.api.XmlWriter;
import coffer.outbound.Outbound;
import coffer.outbound.OutboundAnswer;
import coffer.outbound.OutboundException;
import coffer.outbound.OutboundRequest;
import coffer.outbound.RemoteStore;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of a bucket of another store, one request for each call. All calls throw {@link RemoteException} for what the
 * store refuses and {@link OutboundException} if it does not answer. Thread-safe.
 */
public final class RemoteObjects {
    private static final int MAX_DOCUMENT = 32 * 1024 * 1024;
    private static final String USUAL_REGION = "us-east-1";
    private static final List<Headers.Header> NONE = List.of();

    private final RemoteClient client;
    private final RemoteStore store;
    private final String bucket;

    /**
     * A bucket.
     *
     * @param bucket empty for the store itself, of which {@link #buckets} tells
     * @param clock that of the world
     */
    public RemoteObjects(Outbound outbound, RemoteStore store, String bucket, InstantSource clock) {
        this.client = new RemoteClient(outbound, store, bucket, clock);
        this.store = store;
        this.bucket = bucket;
    }

    /**
     * Which bytes of which object.
     *
     * @param versionId empty for the newest
     * @param etag that it must have still; empty for any
     */
    public record Which(String key, String versionId, String etag) {
        /** The one of a listing, as it is there. */
        public static Which of(RemoteEntry entry) {
            return new Which(entry.key(), entry.versionId(), entry.etag());
        }
    }

    /** The name of the bucket. */
    public String bucket() {
        return bucket;
    }

    /** Whether the store is one of S3. */
    public boolean isS3() {
        return client.isS3();
    }

    /** A header in the words of the store. */
    public String header(String name) {
        return client.header(name);
    }

    /** The names of all buckets of the store. */
    public List<String> buckets() {
        Element document = document("GET", "", NONE, Optional.empty());
        return document.child("Buckets").map(all -> all.all("Bucket")).orElse(List.of()).stream()
                .map(one -> one.required("Name"))
                .toList();
    }

    /** A page of objects, the newest versions of their keys. */
    public RemotePage list(String prefix, RemotePage.Place from) {
        Map<String, String> query = new LinkedHashMap<>();
        if (isS3()) {
            query.put("list-type", "2");
        }
        query.put("encoding-type", "url");
        query.put("max-keys", "1000");
        putUnlessEmpty(query, "prefix", prefix);
        putUnlessEmpty(query, isS3() ? "start-after" : "marker", from.key());
        Element document = document("GET", "", pairs(query), Optional.empty());
        List<RemoteEntry> entries =
                document.all("Contents").stream().map(one -> entry(one, false)).toList();
        Optional<RemotePage.Place> next = isTruncated(document) && !entries.isEmpty()
                ? Optional.of(new RemotePage.Place(entries.getLast().key(), ""))
                : Optional.empty();
        return new RemotePage(entries, next);
    }

    /** A page of all versions, for each key the newest first. */
    public RemotePage versions(String prefix, RemotePage.Place from) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("versions", "");
        query.put("encoding-type", "url");
        query.put("max-keys", "1000");
        putUnlessEmpty(query, "prefix", prefix);
        putUnlessEmpty(query, "key-marker", from.key());
        putUnlessEmpty(query, "version-id-marker", from.versionId());
        Element document = document("GET", "", pairs(query), Optional.empty());
        List<RemoteEntry> entries = document.children().stream()
                .filter(one -> one.name().equals("Version") || one.name().equals("DeleteMarker"))
                .map(one -> entry(one, one.name().equals("DeleteMarker")))
                .toList();
        Optional<RemotePage.Place> next = Optional.empty();
        if (isTruncated(document)) {
            next = Optional.of(new RemotePage.Place(
                    PercentCode.decodeForm(document.required("NextKeyMarker")),
                    document.childText("NextVersionIdMarker").orElse("")));
        }
        return new RemotePage(entries, next);
    }

    private static RemoteEntry entry(Element one, boolean isMarker) {
        String key = one.child("Key").map(Element::content).orElse("");
        return new RemoteEntry(
                PercentCode.decodeForm(key),
                one.childText("VersionId").orElse(""),
                isMarker,
                bare(one.childText("ETag").orElse("")),
                one.childText("Size").map(Long::parseLong).orElse(0L),
                moment(one.childText("LastModified").orElse("")));
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** An ETag without quotes. */
    public static String bare(String etag) {
        return etag.replace("\"", "").strip();
    }

    /**
     * The headers of an object.
     *
     * @param part whose length is asked for instead of that of all; 0 for all
     */
    public Headers head(Which which, int part) {
        Map<String, String> query = new LinkedHashMap<>();
        putUnlessEmpty(query, "versionId", which.versionId);
        if (part > 0) {
            query.put("partNumber", Integer.toString(part));
        }
        try (OutboundAnswer answer = client.send("HEAD", which.key, pairs(query), match(which), Optional.empty())) {
            if (!answer.isSuccess()) {
                throw RemoteException.of(answer, "HEAD " + which.key);
            }
            return answer.headers();
        }
    }

    /**
     * Begins to read an object.
     *
     * @param range of its bytes, as {@code Range} names it; empty for all
     * @return to be closed
     */
    public OutboundAnswer get(Which which, String range) {
        Map<String, String> query = new LinkedHashMap<>();
        putUnlessEmpty(query, "versionId", which.versionId);
        List<Headers.Header> headers = new ArrayList<>(match(which));
        if (!range.isEmpty()) {
            headers.add(new Headers.Header("Range", range));
        }
        OutboundAnswer answer = client.send("GET", which.key, pairs(query), headers, Optional.empty());
        if (answer.status() == (range.isEmpty() ? 200 : 206)) {
            return answer;
        }
        try (answer) {
            throw RemoteException.of(answer, "GET " + which.key);
        }
    }

    private static List<Headers.Header> match(Which which) {
        return which.etag.isEmpty() ? NONE : List.of(new Headers.Header("If-Match", "\"" + which.etag + "\""));
    }

    /** The tags of an object, in their order. */
    public Map<String, String> tags(Which which) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("tagging", "");
        putUnlessEmpty(query, "versionId", which.versionId);
        Map<String, String> tags = new LinkedHashMap<>();
        document("GET", which.key, pairs(query), Optional.empty())
                .child("TagSet")
                .map(set -> set.all("Tag"))
                .orElse(List.of())
                .forEach(tag -> tags.put(
                        tag.child("Key").map(Element::content).orElse(""),
                        tag.child("Value").map(Element::content).orElse("")));
        return tags;
    }

    /** Writes an object; the headers of the answer. */
    public Headers put(String key, List<Headers.Header> headers, OutboundRequest.Body body) {
        try (OutboundAnswer answer = client.send("PUT", key, NONE, headers, Optional.of(body))) {
            if (!answer.isSuccess()) {
                throw RemoteException.of(answer, "PUT " + key);
            }
            return answer.headers();
        }
    }

    /** Deletes the newest version of a key, which leaves a marker where versions are kept. */
    public void delete(String key) {
        try (OutboundAnswer answer = client.send("DELETE", key, NONE, NONE, Optional.empty())) {
            if (!answer.isSuccess()) {
                throw RemoteException.of(answer, "DELETE " + key);
            }
        }
    }

    /** Begins to write an object in parts. */
    public RemoteUpload begin(String key, List<Headers.Header> headers) {
        return RemoteUpload.begin(client, key, headers);
    }

    /** The uploads of exactly this key that are under way, at most 1,000. */
    public List<RemoteUpload> uploads(String key) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("uploads", "");
        query.put("encoding-type", "url");
        query.put("prefix", key);
        return document("GET", "", pairs(query), Optional.empty()).all("Upload").stream()
                .filter(one -> key.equals(PercentCode.decodeForm(
                        one.child("Key").map(Element::content).orElse(""))))
                .map(one -> new RemoteUpload(client, key, one.required("UploadId")))
                .toList();
    }

    /** Makes the bucket. */
    public void create() {
        boolean isUsual = !isS3() || store.signingRegion().equals(USUAL_REGION);
        byte[] place = isUsual
                ? new byte[0]
                : new XmlWriter()
                        .open("CreateBucketConfiguration")
                        .element("LocationConstraint", store.signingRegion())
                        .close("CreateBucketConfiguration")
                        .toBytes();
        done("PUT", NONE, place);
    }

    /** Lets the bucket keep versions. */
    public void keepVersions() {
        byte[] document = new XmlWriter()
                .open("VersioningConfiguration")
                .element("Status", "Enabled")
                .close("VersioningConfiguration")
                .toBytes();
        done("PUT", List.of(new Headers.Header("versioning", "")), document);
    }

    /** What the bucket does with versions: {@code Enabled}, {@code Suspended} or nothing. */
    public String versioning() {
        return document("GET", "", List.of(new Headers.Header("versioning", "")), Optional.empty())
                .childText("Status")
                .orElse("");
    }

    private void done(String method, List<Headers.Header> query, byte[] document) {
        OutboundRequest.Body body = new OutboundRequest.Body(new ByteArrayInputStream(document), document.length);
        try (OutboundAnswer answer = client.send(method, "", query, NONE, Optional.of(body))) {
            if (!answer.isSuccess()) {
                throw RemoteException.of(answer, method + " " + bucket);
            }
        }
    }

    private Element document(
            String method, String key, List<Headers.Header> query, Optional<OutboundRequest.Body> body) {
        String request = method + " " + bucket + (key.isEmpty() ? "" : "/" + key);
        try (OutboundAnswer answer = client.send(method, key, query, NONE, body)) {
            byte[] said = answer.bytes(MAX_DOCUMENT);
            if (answer.status() != 200) {
                throw RemoteException.of(answer.status(), said, request);
            }
            return Element.parse(said);
        } catch (CosException e) {
            throw OutboundException.unreachable(request + " was answered what is no document.", e);
        }
    }

    private static boolean isTruncated(Element document) {
        return document.childText("IsTruncated").filter("true"::equals).isPresent();
    }

    private static void putUnlessEmpty(Map<String, String> query, String name, String value) {
        if (!value.isEmpty()) {
            query.put(name, value);
        }
    }

    private static List<Headers.Header> pairs(Map<String, String> query) {
        return query.entrySet().stream()
                .map(pair -> new Headers.Header(pair.getKey(), pair.getValue()))
                .toList();
    }
}
