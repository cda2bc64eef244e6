package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.api.HttpDate;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.checksum.ObjectChecksum;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Numbers;
import coffer.versioning.Versioning;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Source: S3 API reference, "GetObjectAttributes". COS has no such operation; its clients may ask in its words. Parts are
 * listed of every object that was uploaded in parts, whether they have checksums or not.
 */
public final class GetObjectAttributes implements Handler {
    private static final String NAMES = "x-cos-object-attributes";
    private static final String MAX_PARTS = "x-cos-max-parts";
    private static final String MARKER = "x-cos-part-number-marker";
    private static final int MOST_PARTS = 1000;

    private final BucketService buckets;
    private final ObjectService objects;
    private final ListingWords words;

    public GetObjectAttributes(BucketService buckets, ObjectService objects, ListingWords words) {
        this.buckets = buckets;
        this.objects = objects;
        this.words = words;
    }

    /** What can be asked for, in the order it is answered in. */
    private enum Attribute {
        ETAG("ETag"),
        CHECKSUM("Checksum"),
        OBJECT_PARTS("ObjectParts"),
        STORAGE_CLASS("StorageClass"),
        OBJECT_SIZE("ObjectSize");

        private final String name;

        Attribute(String name) {
            this.name = name;
        }

        static Attribute of(String name) {
            return Arrays.stream(values())
                    .filter(attribute -> attribute.name.equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> CosError.INVALID_ARGUMENT.because("There is no attribute named '" + name + "'."));
        }
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Set<Attribute> asked = asked(request.headers());
        int most = (int)
                Math.min(MOST_PARTS, number(request.headers(), MAX_PARTS, 1).orElse((long) MOST_PARTS));
        long marker = number(request.headers(), MARKER, 0).orElse(0L);
        StoredObject stored = objects.versions().require(bucket, request.key(), Versions.named(request.query()));
        ObjectVersion version = stored.version();
        // Who has no key of the customer's is told nothing.
        var _ = objects.encryption().openToRead(bucket, stored, request.headers());
        XmlWriter xml = new XmlWriter().open("GetObjectAttributesResponse");
        for (Attribute attribute : asked) {
            switch (attribute) {
                case ETAG -> xml.element("ETag", version.etag());
                case CHECKSUM ->
                    version.checksum().ifPresent(checksum -> {
                        xml.open("Checksum");
                        ChosenChecksum.write(xml, version.checksum());
                        xml.close("Checksum");
                    });
                case OBJECT_PARTS -> parts(xml, version, marker, most);
                case STORAGE_CLASS ->
                    xml.element(
                            "StorageClass",
                            words.storageClass().apply(version.attributes().storageClass()));
                case OBJECT_SIZE -> xml.element("ObjectSize", version.sizeBytes());
            }
        }
        return CosResponse.xml(xml.close("GetObjectAttributesResponse"))
                .with("Last-Modified", HttpDate.rfc1123(version.lastModified()))
                .with(
                        "x-cos-version-id",
                        objects.versioning(bucket) == Versioning.NEVER
                                ? Optional.empty()
                                : Optional.of(version.id().text()));
    }

    /**
     * The names in the header, which may come in several lines.
     *
     * @throws CosException {@code InvalidRequest}, {@code InvalidArgument}
     */
    private static Set<Attribute> asked(Headers headers) {
        Set<Attribute> asked = EnumSet.noneOf(Attribute.class);
        headers.values(NAMES).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Attribute::of)
                .forEach(asked::add);
        if (asked.isEmpty()) {
            throw CosError.INVALID_REQUEST.because(
                    "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or"
                            + " empty.");
        }
        return asked;
    }

    private static Optional<Long> number(Headers headers, String name, int least) {
        return headers.nonEmpty(name).map(text -> Numbers.within(name, text, least, Integer.MAX_VALUE));
    }

    private static void parts(XmlWriter xml, ObjectVersion version, long marker, int most) {
        List<ObjectPart> all = version.parts();
        if (all.isEmpty()) {
            return;
        }
        List<ObjectPart> behind =
                all.stream().filter(part -> part.number() > marker).toList();
        List<ObjectPart> page = behind.stream().limit(most).toList();
        xml.open("ObjectParts")
                .element("PartsCount", all.size())
                .element("PartNumberMarker", marker)
                .element(
                        "NextPartNumberMarker",
                        page.isEmpty() ? marker : page.getLast().number())
                .element("MaxParts", most)
                .element("IsTruncated", page.size() < behind.size());
        for (ObjectPart part : page) {
            xml.open("Part").element("PartNumber", part.number()).element("Size", part.sizeBytes());
            version.checksum().ifPresent(whole -> checksum(xml, whole, part));
            xml.close("Part");
        }
        xml.close("ObjectParts");
    }

    private static void checksum(XmlWriter xml, ObjectChecksum whole, ObjectPart part) {
        part.checksum().ifPresent(value -> xml.element(whole.algorithm().element(), value));
    }
}
