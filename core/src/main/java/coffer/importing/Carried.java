package coffer.importing;

import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.remote.RemoteException;
import coffer.remote.RemoteObjects;
import coffer.s3.S3StorageClass;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the headers of an object become at the target.
 *
 * @param headers in the words of the target
 * @param lacks what does not come over
 * @param storageClass among the headers, in the words of the target; empty for the usual one
 * @param crc64 of all bytes, as the source says
 * @param hasDigests whether the source's ETag can be one: not where its own keys encrypt
 */
record Carried(
        List<Headers.Header> headers,
        Set<Uncarried> lacks,
        String storageClass,
        Optional<Long> crc64,
        boolean hasDigests) {
    private static final List<String> CONTENT = List.of(
            "Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Expires");
    private static final String CRC64 = "x-cos-hash-crc64ecma";

    /** What an answer of the source says. */
    static Carried of(Headers said, RemoteObjects.Which which, Link link) {
        RemoteObjects from = link.source();
        RemoteObjects to = link.target();
        List<Headers.Header> headers = new ArrayList<>();
        Set<Uncarried> lacks = EnumSet.noneOf(Uncarried.class);
        CONTENT.forEach(name -> said.nonEmpty(name).ifPresent(value -> add(headers, name, value)));
        add(said, headers, from.header("website-redirect-location"), to.header("website-redirect-location"));
        String metadata = from.header("meta-");
        for (Headers.Header header : said.all()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.startsWith(metadata)) {
                add(headers, to.header("meta-") + name.substring(metadata.length()), header.value());
            }
        }
        tags(said, which, link, headers, lacks);
        String storageClass = storageClass(said, link, lacks);
        if (!storageClass.isEmpty()) {
            add(headers, to.header("storage-class"), storageClass);
        }
        if (said.hasAny(from.header("object-lock-mode"), from.header("object-lock-legal-hold"))) {
            lacks.add(Uncarried.LOCK);
        }
        Optional<String> encryption = said.nonEmpty(from.header("server-side-encryption"));
        encryption.ifPresent(_ -> lacks.add(Uncarried.ENCRYPTION));
        if (said.nonEmpty("x-cos-object-type").filter("appendable"::equals).isPresent()) {
            lacks.add(Uncarried.APPENDABLE);
        }
        return new Carried(
                headers,
                lacks,
                storageClass,
                crc64(said),
                encryption.filter(by -> by.contains("kms")).isEmpty());
    }

    /** The CRC-64 that an answer names. */
    static Optional<Long> crc64(Headers said) {
        return said.nonEmpty(CRC64).map(Long::parseUnsignedLong);
    }

    private static void tags(
            Headers said, RemoteObjects.Which which, Link link, List<Headers.Header> headers, Set<Uncarried> lacks) {
        String count = said.nonEmpty(link.source().header("tagging-count")).orElse("0");
        if (count.equals("0")) {
            return;
        }
        try {
            Map<String, String> tags = link.source().tags(which);
            add(
                    headers,
                    link.target().header("tagging"),
                    tags.entrySet().stream()
                            .map(tag -> PercentCode.encode(tag.getKey()) + "=" + PercentCode.encode(tag.getValue()))
                            .collect(Collectors.joining("&")));
        } catch (RemoteException e) {
            if (e.isPassing()) {
                throw e;
            }
            lacks.add(Uncarried.UNKNOWN_TAGS);
        }
    }

    private static String storageClass(Headers said, Link link, Set<Uncarried> lacks) {
        String found = said.nonEmpty(link.source().header("storage-class")).orElse("");
        boolean isSame = link.source().isS3() == link.target().isS3();
        String name = isSame ? found : link.target().isS3() ? S3StorageClass.toS3(found) : S3StorageClass.toCos(found);
        if (link.unknownClasses().contains(name)) {
            lacks.add(Uncarried.STORAGE_CLASS);
            return "";
        }
        return name.equals("STANDARD") ? "" : name;
    }

    private static void add(Headers said, List<Headers.Header> headers, String from, String to) {
        said.nonEmpty(from).ifPresent(value -> add(headers, to, value));
    }

    private static void add(List<Headers.Header> headers, String name, String value) {
        headers.add(new Headers.Header(name, value));
    }

    /**
     * Whether a refusal was about the storage class alone, which then is remembered: the next attempt does without.
     *
     * <p>Two copies that meet the same class at once both have to try again, so it does not matter who was first.
     */
    boolean isClassRefused(Link link, RemoteException e) {
        boolean isRefused = !storageClass.isEmpty()
                && (e.code().equals("InvalidStorageClass") || e.code().equals("NotSupportedStorageClass"));
        if (isRefused) {
            link.unknownClasses().add(storageClass);
        }
        return isRefused;
    }
}
