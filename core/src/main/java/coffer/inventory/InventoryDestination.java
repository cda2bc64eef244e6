package coffer.inventory;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where reports go. Source: COS API reference, "PUT Bucket inventory".
 *
 * @param region of the bucket
 * @param bucket its full name
 * @param accountId whose the bucket is, as it was written
 * @param prefix of the keys; a slash comes behind it
 * @param isEncrypted whether they are encrypted by SSE-COS
 */
public record InventoryDestination(
        String region, String bucket, Optional<String> accountId, Optional<String> prefix, boolean isEncrypted) {
    /** What the element is called in documents of COS. */
    static final String COS = "COSBucketDestination";

    private static final Pattern BUCKET = Pattern.compile("qcs::cos:([a-z0-9-]{1,40})::([a-z0-9.-]{1,90})");

    /** The misspelt one is in samples of the Python SDK, and the service takes it. */
    private static final List<String> ENCRYPTIONS = List.of("SSE-COS", "SSECOS");

    private static final String SSE_KMS = "SSE-KMS";

    /**
     * Reads a {@code Destination} element.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}; {@code NotImplemented} for a format or an
     *     encryption that is not there yet
     */
    static InventoryDestination read(Element destination) {
        Element cos = destination
                .child(COS)
                .orElseThrow(() -> CosError.MALFORMED_XML.because(
                        "The element Destination must have a child element " + COS + "."));
        Matcher bucket = BUCKET.matcher(cos.required("Bucket"));
        if (!bucket.matches()) {
            throw CosError.INVALID_ARGUMENT.because("Bucket must be qcs::cos:<region>::<bucket name>-<APPID>.");
        }
        requireFormat(cos.required("Format"));
        return new InventoryDestination(
                bucket.group(1),
                bucket.group(2),
                cos.childText("AccountId").filter(text -> !text.isEmpty()),
                cos.child("Prefix").map(Element::content).filter(text -> !text.isEmpty()),
                isEncrypted(cos));
    }

    private static void requireFormat(String format) {
        switch (format.toUpperCase(Locale.ROOT)) {
            case "CSV" -> {}
            case "ORC", "PARQUET" ->
                throw CosError.NOT_IMPLEMENTED.because("Reports are in CSV; " + format + " is not available yet.");
            default -> throw CosError.INVALID_ARGUMENT.because("Format must be CSV, not '" + format + "'.");
        }
    }

    private static boolean isEncrypted(Element cos) {
        List<Element> places = cos.child("Encryption").map(Element::children).orElseGet(cos::children);
        if (places.stream().anyMatch(child -> child.name().equals(SSE_KMS))) {
            throw CosError.NOT_IMPLEMENTED.because("Reports are encrypted by SSE-COS; SSE-KMS is not available yet.");
        }
        return places.stream().anyMatch(child -> ENCRYPTIONS.contains(child.name()));
    }

    /** The beginning of the keys: empty, or with a slash at its end. */
    public String folder() {
        return prefix.map(text -> text.endsWith("/") ? text : text + "/").orElse("");
    }

    void write(XmlWriter xml, InventoryWords words) {
        xml.open("Destination").open(words.destination()).element("Format", "CSV");
        accountId.ifPresent(id -> xml.element("AccountId", id));
        xml.element("Bucket", words.bucket().apply(this));
        prefix.ifPresent(text -> xml.element("Prefix", text));
        if (isEncrypted) {
            xml.open("Encryption").empty(words.encryption()).close("Encryption");
        }
        xml.close(words.destination()).close("Destination");
    }
}
