package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.request.UnavailableHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a client says of an object when it writes it.
 *
 * @param contentHeaders name as it is answered -> value, verbatim; Content-Type is always among them
 * @param metadata lower-case suffix of x-cos-meta- -> value; lower case because the Go client changes it anyway
 * @param storageClass how it is to be kept
 */
public record Attributes(Map<String, String> contentHeaders, Map<String, String> metadata, StorageClass storageClass) {
    /** User metadata of one object, names and values. Source: COS API reference, "PUT Object". */
    private static final int MAX_METADATA_BYTES = 2048;

    private static final String META = "x-cos-meta-";
    private static final String DEFAULT_CONTENT_TYPE = "application/octet-stream";

    private static final List<String> CONTENT_HEADERS = List.of(
            "Content-Type",
            "Cache-Control",
            "Content-Disposition",
            "Content-Encoding",
            "Content-Language",
            "Expires",
            "x-cos-website-redirect-location");

    public Attributes {
        contentHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(contentHeaders));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Reads the attributes of a write.
     *
     * @throws CosException {@code MetadataTooLarge}, {@code NotSupportedStorageClass}, and {@code NotImplemented} for
     *     what could be stored but would not be acted upon
     */
    public static Attributes of(Headers headers) {
        UnavailableHeaders.refuse(headers);
        Map<String, String> content = new LinkedHashMap<>();
        content.put("Content-Type", DEFAULT_CONTENT_TYPE);
        for (String name : CONTENT_HEADERS) {
            headers.nonEmpty(name).ifPresent(value -> content.put(name, value));
        }
        return new Attributes(content, metadata(headers), storageClass(headers));
    }

    /** The storage class a write asks for. */
    static StorageClass storageClass(Headers headers) {
        return headers.nonEmpty("x-cos-storage-class").map(StorageClass::parse).orElse(StorageClass.STANDARD);
    }

    /** The same with another storage class. */
    Attributes with(StorageClass other) {
        return new Attributes(contentHeaders, metadata, other);
    }

    Optional<String> contentHeader(String name) {
        return Optional.ofNullable(contentHeaders.get(name));
    }

    private static Map<String, String> metadata(Headers headers) {
        Map<String, String> metadata = new LinkedHashMap<>();
        int bytes = 0;
        for (Headers.Header header : headers.all()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.startsWith(META)) {
                String suffix = name.substring(META.length());
                bytes += suffix.length() + header.value().getBytes(StandardCharsets.UTF_8).length;
                metadata.merge(suffix, header.value(), (first, next) -> first + "," + next);
            }
        }
        if (bytes > MAX_METADATA_BYTES) {
            throw CosError.METADATA_TOO_LARGE.exception();
        }
        return metadata;
    }
}
