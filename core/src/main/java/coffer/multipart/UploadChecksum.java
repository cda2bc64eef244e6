package coffer.multipart;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.XmlWriter;
import coffer.checksum.ChecksumAlgorithm;
import coffer.checksum.ExpectedChecksum;
import coffer.checksum.ObjectChecksum;
import coffer.object.ChosenChecksum;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.util.Optional;

/**
 * The checksum that the object of an upload is to have. Source: S3 API reference, "CreateMultipartUpload"; S3 docs,
 * "Checking object integrity", section "Multipart uploads".
 */
public record UploadChecksum(ChecksumAlgorithm algorithm, ObjectChecksum.Type type) {
    private static final String TYPE = "x-cos-checksum-type";

    /**
     * What an upload asks for; without a type, the whole of CRC64NVME and the parts of the others.
     *
     * @throws CosException {@code InvalidRequest} for what cannot be computed of parts
     */
    static Optional<UploadChecksum> of(Headers headers) {
        Optional<ChecksumAlgorithm> algorithm = ChosenChecksum.algorithm(headers);
        Optional<ObjectChecksum.Type> type = headers.nonEmpty(TYPE)
                .map(name -> ObjectChecksum.Type.of(name)
                        .orElseThrow(() ->
                                CosError.INVALID_REQUEST.because("Value for x-amz-checksum-type header is invalid.")));
        if (algorithm.isEmpty() && type.isPresent()) {
            throw CosError.INVALID_REQUEST.because(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
        }
        return algorithm.map(chosen -> new UploadChecksum(chosen, type.orElseGet(() -> usual(chosen))));
    }

    /**
     * Checks it.
     *
     * @throws CosException {@code InvalidRequest}
     */
    public UploadChecksum {
        boolean isPossible = type == ObjectChecksum.Type.FULL_OBJECT
                ? algorithm.isJoinable()
                : algorithm != ChecksumAlgorithm.CRC64NVME;
        if (!isPossible) {
            throw CosError.INVALID_REQUEST.because(
                    "The " + type + " checksum type cannot be used with the " + algorithm + " checksum algorithm.");
        }
    }

    private static ObjectChecksum.Type usual(ChecksumAlgorithm algorithm) {
        return algorithm == ChecksumAlgorithm.CRC64NVME
                ? ObjectChecksum.Type.FULL_OBJECT
                : ObjectChecksum.Type.COMPOSITE;
    }

    /**
     * Refuses a part with a checksum of another algorithm.
     *
     * @throws CosException {@code InvalidRequest}
     */
    void requireSame(Optional<ExpectedChecksum> ofPart) {
        if (ofPart.filter(part -> part.algorithm() != algorithm).isPresent()) {
            throw CosError.INVALID_REQUEST.because("Checksum Type mismatch occurred, expected checksum Type: "
                    + algorithm + ", actual checksum Type: " + ofPart.get().algorithm() + ".");
        }
    }

    /** Says which it is in a listing. */
    void write(XmlWriter xml) {
        xml.element("ChecksumAlgorithm", algorithm.name()).element("ChecksumType", type.name());
    }

    void write(RecordWriter out) {
        out.text(algorithm.name()).text(type.name());
    }

    static UploadChecksum read(RecordReader in) {
        return new UploadChecksum(ChecksumAlgorithm.valueOf(in.text()), ObjectChecksum.Type.valueOf(in.text()));
    }
}
