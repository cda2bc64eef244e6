package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.api.HttpDate;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Numbers;
import coffer.versioning.Versioning;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Source: S3 API reference, "GetObjectAttributes". */
public final class GetObjectAttributes implements Handler {
    private static final String WANTED = "x-cos-object-attributes";
    private static final String MAX_PARTS = "x-cos-max-parts";
    private static final String MARKER = "x-cos-part-number-marker";
    private static final int MOST_PARTS = 1000;
    private static final Set<String> ATTRIBUTES =
            Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");

    private final BucketService buckets;
    private final ObjectService objects;
    private final ListingWords words;

    public GetObjectAttributes(BucketService buckets, ObjectService objects, ListingWords words) {
        this.buckets = buckets;
        this.objects = objects;
        this.words = words;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Set<String> wanted = wanted(request.headers());
        Bucket bucket = buckets.of(request);
        StoredObject stored = objects.versions().require(bucket, request.key(), Versions.named(request.query()));
        // Who may not read the bytes for want of the key may not know what they are either.
        var _ = objects.encryption().openToRead(bucket, stored, request.headers());
        ObjectVersion version = stored.version();
        CosResponse answer = CosResponse.xml(document(request.headers(), wanted, version))
                .with("Last-Modified", HttpDate.rfc1123(version.lastModified()));
        return objects.versioning(bucket) == Versioning.NEVER
                ? answer
                : answer.with("x-cos-version-id", version.id().text());
    }

    private XmlWriter document(Headers headers, Set<String> wanted, ObjectVersion version) {
        XmlWriter xml = new XmlWriter().open("GetObjectAttributesResponse");
        if (wanted.contains("ETag")) {
            xml.element("ETag", version.etag());
        }
        if (wanted.contains("Checksum") && version.checksum().isPresent()) {
            xml.open("Checksum");
            ChosenChecksum.write(xml, version.checksum());
            xml.close("Checksum");
        }
        PartLayout layout = PartLayout.of(version);
        if (wanted.contains("ObjectParts") && layout.isMultipart()) {
            parts(xml, headers, layout.sizes());
        }
        if (wanted.contains("StorageClass")) {
            xml.element(
                    "StorageClass",
                    words.storageClass().apply(version.attributes().storageClass()));
        }
        if (wanted.contains("ObjectSize")) {
            xml.element("ObjectSize", version.sizeBytes());
        }
        return xml.close("GetObjectAttributesResponse");
    }

    private static void parts(XmlWriter xml, Headers headers, List<Long> sizes) {
        int most = headers.nonEmpty(MAX_PARTS)
                .map(text -> (int) Numbers.within(MAX_PARTS, text, 0, Integer.MAX_VALUE))
                .map(asked -> Math.min(asked, MOST_PARTS))
                .orElse(MOST_PARTS);
        int marker = headers.nonEmpty(MARKER)
                .map(text -> (int) Numbers.within(MARKER, text, 0, Integer.MAX_VALUE))
                .orElse(0);
        int from = Math.min(marker, sizes.size());
        int to = Math.min(from + most, sizes.size());
        xml.open("ObjectParts")
                .element("PartsCount", sizes.size())
                .element("PartNumberMarker", marker)
                .element("NextPartNumberMarker", to)
                .element("MaxParts", most)
                .element("IsTruncated", to < sizes.size());
        for (int i = from; i < to; i++) {
            xml.open("Part")
                    .element("PartNumber", i + 1)
                    .element("Size", sizes.get(i))
                    .close("Part");
        }
        xml.close("ObjectParts");
    }

    /**
     * What the request asks for.
     *
     * @throws CosException {@code InvalidArgument}
     */
    private static Set<String> wanted(Headers headers) {
        Set<String> wanted = headers.values(WANTED).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        if (wanted.isEmpty() || !ATTRIBUTES.containsAll(wanted)) {
            throw CosError.INVALID_ARGUMENT.because("x-amz-object-attributes must list some of ETag, Checksum,"
                    + " ObjectParts, StorageClass and ObjectSize.");
        }
        return wanted;
    }
}
