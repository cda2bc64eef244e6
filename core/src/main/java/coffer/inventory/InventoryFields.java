package coffer.inventory;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a report says of each object beyond its key. Source: COS API reference, "PUT Bucket inventory".
 *
 * @param names in the order of the columns
 */
public record InventoryFields(List<String> names) {
    public static final String SIZE = "Size";
    public static final String LAST_MODIFIED = "LastModifiedDate";
    public static final String ETAG = "ETag";
    public static final String STORAGE_CLASS = "StorageClass";
    public static final String IS_MULTIPART = "IsMultipartUploaded";
    public static final String REPLICATION = "ReplicationStatus";
    public static final String TAG = "Tag";
    public static final String CRC64 = "Crc64";

    /** What the names of metadata begin with; behind it a star for all of them, or the name of one. */
    public static final String METADATA = "x-cos-meta-";

    /** The order of the columns, whatever the order in documents. */
    private static final List<String> KNOWN =
            List.of(SIZE, LAST_MODIFIED, ETAG, STORAGE_CLASS, IS_MULTIPART, REPLICATION, TAG, CRC64);

    /** Those that S3 has beyond them. */
    private static final Set<String> OF_S3 = Set.of(
            "EncryptionStatus",
            "ObjectLockRetainUntilDate",
            "ObjectLockMode",
            "ObjectLockLegalHoldStatus",
            "IntelligentTieringAccessTier",
            "BucketKeyStatus",
            "ChecksumAlgorithm",
            "ObjectAccessControlList",
            "ObjectOwner",
            "LifecycleExpirationDate");

    private static final int MAX_METADATA = 16;

    public InventoryFields {
        names = List.copyOf(names);
    }

    /**
     * Reads an {@code OptionalFields} element, if there is one.
     *
     * @throws CosException {@code InvalidArgument}; {@code NotImplemented} for a field that only S3 has
     */
    static InventoryFields read(Optional<Element> optional) {
        Set<String> known = new LinkedHashSet<>();
        Set<String> metadata = new LinkedHashSet<>();
        for (Element field : optional.map(element -> element.all("Field")).orElse(List.of())) {
            String name = field.text();
            String lower = name.toLowerCase(Locale.ROOT);
            if (OF_S3.contains(name)) {
                throw CosError.NOT_IMPLEMENTED.because("The field " + name + " is not available yet.");
            } else if (lower.startsWith(METADATA) && lower.matches("[!-~&&[^<>&\",]]{12,200}")) {
                metadata.add(lower);
            } else {
                known.add(KNOWN.stream()
                        .filter(name::equalsIgnoreCase)
                        .findFirst()
                        .orElseThrow(() -> CosError.INVALID_ARGUMENT.because("Field must be one of "
                                + String.join(", ", KNOWN) + ", " + METADATA + "*, not '" + name + "'.")));
            }
        }
        if (metadata.size() > MAX_METADATA) {
            throw CosError.INVALID_ARGUMENT.because("At most " + MAX_METADATA + " fields may be metadata.");
        }
        List<String> names =
                new ArrayList<>(KNOWN.stream().filter(known::contains).toList());
        names.addAll(metadata);
        return new InventoryFields(names);
    }

    void write(XmlWriter xml) {
        if (!names.isEmpty()) {
            xml.open("OptionalFields");
            names.forEach(name -> xml.element("Field", name));
            xml.close("OptionalFields");
        }
    }
}
