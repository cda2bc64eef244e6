package coffer.checksum;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The checksum that the writer of an object or part chose. Source: S3 docs, "Checking object integrity".
 *
 * @param value base64; of a composite with a {@code -} and the number of parts behind
 */
public record ObjectChecksum(ChecksumAlgorithm algorithm, Type type, String value) {
    /** What the value is of. */
    public enum Type {
        /** All bytes. */
        FULL_OBJECT,
        /** The values of the parts, one after the other. */
        COMPOSITE;

        /** The type of this name. */
        public static Optional<Type> of(String name) {
            return Arrays.stream(values())
                    .filter(type -> type.name().equals(name))
                    .findFirst();
        }
    }

    /** A part, as far as it matters here. */
    public record OfPart(ObjectChecksum checksum, long sizeBytes) {}

    /** The checksum of all bytes. */
    public static ObjectChecksum full(ChecksumAlgorithm algorithm, byte[] value) {
        return new ObjectChecksum(
                algorithm, Type.FULL_OBJECT, Base64.getEncoder().encodeToString(value));
    }

    /**
     * The checksum of an object made of parts, all of whose checksums are of this algorithm.
     *
     * @param type the full one only where it can be computed
     * @param parts at least one
     */
    public static ObjectChecksum ofParts(ChecksumAlgorithm algorithm, Type type, List<OfPart> parts) {
        if (type == Type.FULL_OBJECT) {
            byte[] joined = parts.getFirst().checksum.octets();
            for (OfPart part : parts.subList(1, parts.size())) {
                joined = algorithm.join(joined, part.checksum.octets(), part.sizeBytes);
            }
            return full(algorithm, joined);
        }
        ChecksumAlgorithm.Hash hash = algorithm.begin();
        parts.forEach(part -> hash.update(java.nio.ByteBuffer.wrap(part.checksum.octets())));
        return new ObjectChecksum(
                algorithm, Type.COMPOSITE, Base64.getEncoder().encodeToString(hash.value()) + "-" + parts.size());
    }

    /** The name of its header behind {@code x-cos-}. */
    public String header() {
        return "checksum-" + algorithm.headerSuffix();
    }

    private byte[] octets() {
        return Base64.getDecoder().decode(value);
    }
}
