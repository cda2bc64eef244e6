package coffer.batch;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import java.util.List;
import java.util.Optional;

/**
 * Where the list of a job's objects is, and how it is to be read. Source: COS API reference, "Batch operations, common
 * elements".
 *
 * @param etag without quotes
 * @param isInventory whether it is the manifest of an inventory, rather than a file of CSV
 * @param columns of a file of CSV: {@code Ignore}, {@code Bucket}, {@code Key}, {@code VersionId}
 */
record JobManifest(
        CosArn location, Optional<String> versionId, String etag, boolean isInventory, List<String> columns) {
    static final String BUCKET = "Bucket";
    static final String KEY = "Key";
    static final String VERSION = "VersionId";

    private static final List<String> KNOWN = List.of("Ignore", BUCKET, KEY, VERSION);
    private static final int MAX_COLUMNS = 50;

    JobManifest {
        columns = List.copyOf(columns);
    }

    /**
     * Reads a {@code Manifest} element.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidRequest}
     */
    static JobManifest read(Element manifest) {
        Element location = child(manifest, "Location");
        Element spec = child(manifest, "Spec");
        boolean isInventory = isInventory(spec.required("Format"));
        List<String> columns = spec.child("Fields").map(fields -> fields.all("member")).orElse(List.of()).stream()
                .map(Element::text)
                .toList();
        if (!isInventory) {
            check(columns);
        }
        return new JobManifest(
                CosArn.ofObject("ObjectArn", location.required("ObjectArn")),
                location.childText("ObjectVersionId").filter(text -> !text.isEmpty()),
                location.required("ETag").replace("\"", ""),
                isInventory,
                columns);
    }

    private static boolean isInventory(String format) {
        return switch (format) {
            case "COSInventoryReport_CSV_V1" -> true;
            case "COSBatchOperations_CSV_V1" -> false;
            default ->
                throw CosError.INVALID_REQUEST.because(
                        "Format must be COSBatchOperations_CSV_V1 or COSInventoryReport_CSV_V1, not '" + format + "'.");
        };
    }

    private static void check(List<String> columns) {
        boolean isKnown = KNOWN.containsAll(columns) && columns.size() <= MAX_COLUMNS;
        boolean isUnique = KNOWN.stream()
                .skip(1)
                .allMatch(name -> columns.stream().filter(name::equals).count() <= 1);
        if (!isKnown || !isUnique || !columns.contains(BUCKET) || !columns.contains(KEY)) {
            throw CosError.INVALID_REQUEST.because(
                    "Fields must have Bucket and Key, may have VersionId, each once, and Ignore for other columns.");
        }
    }

    private static Element child(Element parent, String name) {
        return parent.child(name)
                .orElseThrow(() -> CosError.MALFORMED_XML.because(
                        "The element " + parent.name() + " must have a child element " + name + "."));
    }
}
