package coffer.object;

import java.util.Optional;

/**
 * A part of an object that was uploaded in parts.
 *
 * @param number as it was uploaded, 1 to 10,000; there may be gaps
 * @param sizeBytes its length; 0 only for the last
 * @param checksum base64, by the algorithm of the object's checksum; empty if that has none
 */
public record ObjectPart(int number, long sizeBytes, Optional<String> checksum) {
    /** A part of which nothing is known but its place and length. */
    static ObjectPart of(int number, long sizeBytes) {
        return new ObjectPart(number, sizeBytes, Optional.empty());
    }
}
