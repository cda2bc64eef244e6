package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.Headers.Header;
import coffer.api.XmlWriter;
import coffer.checksum.ChecksumAlgorithm;
import coffer.checksum.ObjectChecksum;
import java.util.List;
import java.util.Optional;

/** Checksums in headers and documents. Source: S3 API reference, "PutObject", "HeadObject", "ListObjectsV2". */
public final class ChosenChecksum {
    private ChosenChecksum() {}

    /**
     * The algorithm that a copy or an upload asks for.
     *
     * @throws CosException {@code InvalidRequest}
     */
    public static Optional<ChecksumAlgorithm> algorithm(Headers headers) {
        return headers.nonEmpty("x-cos-checksum-algorithm")
                .map(name -> ChecksumAlgorithm.of(name)
                        .orElseThrow(() -> CosError.INVALID_REQUEST.because(
                                "Checksum algorithm provided is unsupported. Please try again with any of the valid"
                                        + " types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]")));
    }

    /** Whether a read asks to be told. */
    static boolean isAskedFor(Headers headers) {
        return headers.nonEmpty("x-cos-checksum-mode")
                .filter("ENABLED"::equalsIgnoreCase)
                .isPresent();
    }

    /** What an answer says of it. */
    public static List<Header> answered(Optional<ObjectChecksum> checksum) {
        return checksum.map(present -> List.of(
                        new Header("x-cos-" + present.header(), present.value()),
                        new Header("x-cos-checksum-type", present.type().name())))
                .orElse(List.of());
    }

    /** Writes value and type. */
    public static void write(XmlWriter xml, Optional<ObjectChecksum> checksum) {
        checksum.ifPresent(present -> xml.element(present.algorithm().element(), present.value())
                .element("ChecksumType", present.type().name()));
    }

    /** Writes which there is, but not its value. */
    static void writeKind(XmlWriter xml, Optional<ObjectChecksum> checksum) {
        checksum.ifPresent(
                present -> xml.element("ChecksumAlgorithm", present.algorithm().name())
                        .element("ChecksumType", present.type().name()));
    }
}
