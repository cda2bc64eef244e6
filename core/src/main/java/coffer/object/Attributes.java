package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.lock.LegalHold;
import coffer.lock.ObjectLock;
import coffer.lock.Retention;
import coffer.lock.RetentionMode;
import coffer.request.UnavailableHeaders;
import coffer.request.Words;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import coffer.website.Location;
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
 * @param tags what it is marked with
 * @param possession whose it is and who else may use it
 * @param lock what keeps it as it is; of an object to be written, what its writer asks for
 */
public record Attributes(
        Map<String, String> contentHeaders,
        Map<String, String> metadata,
        StorageClass storageClass,
        Tags tags,
        Possession possession,
        ObjectLock lock) {
    /** User metadata of one object, names and values. Source: COS API reference, "PUT Object". */
    private static final int MAX_METADATA_BYTES = 2048;

    /** Where a website sends who asks for the object. */
    static final String WEBSITE_REDIRECT = "x-cos-website-redirect-location";

    private static final String META = "x-cos-meta-";
    private static final String LOCK = "x-cos-object-lock-";
    private static final String DEFAULT_CONTENT_TYPE = "application/octet-stream";
    private static final Tags UNTAGGED = Tags.none(TagLimits.OBJECT);

    private static final List<String> CONTENT_HEADERS = List.of(
            "Content-Type",
            "Cache-Control",
            "Content-Disposition",
            "Content-Encoding",
            "Content-Language",
            "Expires",
            WEBSITE_REDIRECT);

    public Attributes {
        contentHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(contentHeaders));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * Reads the attributes of a write by the bucket's owner.
     *
     * @throws CosException as {@link #of(Headers, Possession)}
     */
    public static Attributes of(Headers headers) {
        return of(headers, Possession.OF_BUCKET);
    }

    /**
     * Reads the attributes of a write.
     *
     * @throws CosException {@code MetadataTooLarge}, {@code NotSupportedStorageClass}, {@code InvalidTag},
     *     {@code WebsiteURLInvalid}, {@code InvalidArgument}, and {@code NotImplemented} for what could be stored but would not be acted upon
     */
    public static Attributes of(Headers headers, Possession possession) {
        UnavailableHeaders.refuse(headers);
        Map<String, String> content = new LinkedHashMap<>();
        content.put("Content-Type", DEFAULT_CONTENT_TYPE);
        for (String name : CONTENT_HEADERS) {
            headers.nonEmpty(name).ifPresent(value -> content.put(name, value));
        }
        headers.nonEmpty(WEBSITE_REDIRECT).ifPresent(Location::check);
        return new Attributes(
                content, metadata(headers), storageClass(headers), tags(headers), possession, lock(headers));
    }

    /** The storage class a write asks for. */
    static StorageClass storageClass(Headers headers) {
        return headers.nonEmpty("x-cos-storage-class").map(StorageClass::parse).orElse(StorageClass.STANDARD);
    }

    /** The tags a write asks for. */
    static Tags tags(Headers headers) {
        return headers.nonEmpty("x-cos-tagging").map(Tags::ofHeader).orElse(UNTAGGED);
    }

    /** The lock a write asks for. Source: S3 API reference, "PutObject"; the pages of COS have no such headers. */
    static ObjectLock lock(Headers headers) {
        Optional<String> mode = headers.nonEmpty(LOCK + "mode");
        Optional<String> until = headers.nonEmpty(LOCK + "retain-until-date");
        if (mode.isPresent() != until.isPresent()) {
            throw CosError.INVALID_ARGUMENT.because(
                    LOCK + "mode and " + LOCK + "retain-until-date must be given together.");
        }
        Optional<Retention> retention = mode.map(
                text -> new Retention(RetentionMode.parse(LOCK + "mode", text), Retention.time(until.orElseThrow())));
        Optional<LegalHold> hold = headers.nonEmpty(LOCK + "legal-hold")
                .map(text -> Words.constant(LOCK + "legal-hold", text, LegalHold.class));
        return new ObjectLock(retention, hold);
    }

    /** The same with another storage class. */
    public Attributes with(StorageClass other) {
        return new Attributes(contentHeaders, metadata, other, tags, possession, lock);
    }

    /** The same, sending browsers where others do. */
    Attributes withRedirectOf(Attributes others) {
        Map<String, String> content = new LinkedHashMap<>(contentHeaders);
        content.remove(WEBSITE_REDIRECT);
        others.contentHeader(WEBSITE_REDIRECT).ifPresent(target -> content.put(WEBSITE_REDIRECT, target));
        return new Attributes(content, metadata, storageClass, tags, possession, lock);
    }

    /** The same with other tags. */
    public Attributes with(Tags other) {
        return new Attributes(contentHeaders, metadata, storageClass, other, possession, lock);
    }

    /** The same in other hands. */
    public Attributes with(Possession other) {
        return new Attributes(contentHeaders, metadata, storageClass, tags, other, lock);
    }

    /** The same, locked otherwise. */
    public Attributes with(ObjectLock other) {
        return new Attributes(contentHeaders, metadata, storageClass, tags, possession, other);
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
