package coffer.multipart;

import coffer.api.Element;
import coffer.api.Headers;
import coffer.checksum.ChecksumAlgorithm;
import coffer.checksum.ObjectChecksum;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A checksum as a client names it when it completes an upload.
 *
 * @param value base64, of a composite perhaps with a {@code -} and the number of parts behind
 */
record ClaimedChecksum(ChecksumAlgorithm algorithm, String value) {
    /** That of the object. */
    static Optional<ClaimedChecksum> ofHeaders(Headers headers) {
        return Stream.of(ChecksumAlgorithm.values())
                .flatMap(algorithm -> headers
                        .nonEmpty("x-cos-checksum-" + algorithm.headerSuffix())
                        .map(value -> new ClaimedChecksum(algorithm, value))
                        .stream())
                .findFirst();
    }

    /** That of a part in the list. */
    static Optional<ClaimedChecksum> ofPart(Element part) {
        return Stream.of(ChecksumAlgorithm.values())
                .flatMap(algorithm -> part
                        .childText(algorithm.element())
                        .filter(text -> !text.isEmpty())
                        .map(value -> new ClaimedChecksum(algorithm, value))
                        .stream())
                .findFirst();
    }

    boolean is(ObjectChecksum actual) {
        int dash = actual.value().indexOf('-');
        String bare = dash < 0 ? actual.value() : actual.value().substring(0, dash);
        return algorithm == actual.algorithm() && (value.equals(actual.value()) || value.equals(bare));
    }

    /** Whether a part has it; one that was sent without any may be said to have it. */
    boolean isOf(Part part) {
        return part.checksum().map(this::is).orElse(true);
    }
}
