package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.HttpDate;
import coffer.request.Numbers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What must be so for an object to be deleted. Nothing is demanded of what is not there: it is deleted already. Source:
 * S3 API reference, "DeleteObject", "DeleteObjects"; what SDKs send, read in their sources.
 *
 * @param etag as of {@code If-Match}
 * @param lastModified to the second
 * @param sizeBytes of the content
 * @param unchanged the version it must still be, to the letter
 */
record DeleteConditions(
        Optional<String> etag,
        Optional<Instant> lastModified,
        Optional<Long> sizeBytes,
        Optional<ObjectVersion> unchanged) {
    private static final String LAST_MODIFIED = "x-cos-if-match-last-modified-time";
    private static final String SIZE = "x-cos-if-match-size";

    /** Nothing. */
    static final DeleteConditions NONE =
            new DeleteConditions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** That it is what was read. */
    static DeleteConditions unchanged(ObjectVersion version) {
        return new DeleteConditions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(version));
    }

    /** That a delete marker was made at a time. */
    static DeleteConditions made(Instant created) {
        return new DeleteConditions(
                Optional.empty(),
                Optional.of(created.truncatedTo(ChronoUnit.SECONDS)),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The conditions of one deletion.
     *
     * @throws CosException {@code InvalidArgument}
     */
    static DeleteConditions of(Headers headers) {
        return new DeleteConditions(
                headers.nonEmpty("If-Match"),
                headers.nonEmpty(LAST_MODIFIED).map(DeleteConditions::time),
                headers.nonEmpty(SIZE).map(text -> Numbers.within(SIZE, text, 0, Long.MAX_VALUE)),
                Optional.empty());
    }

    /**
     * The conditions of one object of a list.
     *
     * @throws CosException {@code InvalidArgument}
     */
    static DeleteConditions of(Element object) {
        return new DeleteConditions(
                object.childText("ETag").filter(text -> !text.isEmpty()),
                object.childText("LastModifiedTime").map(DeleteConditions::time),
                object.childText("Size").map(text -> Numbers.within("Size", text, 0, Long.MAX_VALUE)),
                Optional.empty());
    }

    /**
     * Compares with what is to be deleted.
     *
     * @throws CosException {@code PreconditionFailed}
     */
    void check(Optional<? extends KeptVersion> found) {
        boolean hold = found.map(kept -> switch (kept) {
                    case StoredObject stored -> hold(stored.version());
                    case StoredMarker marker -> holdFor(marker.marker());
                })
                .orElse(true);
        if (!hold) {
            throw CosError.PRECONDITION_FAILED.exception();
        }
    }

    /** A delete marker has no ETag and no bytes. */
    private boolean holdFor(DeleteMarker marker) {
        Instant created = marker.created().truncatedTo(ChronoUnit.SECONDS);
        return etag.map(listed -> listed.strip().equals("*")).orElse(true)
                && lastModified.map(created::equals).orElse(true)
                && sizeBytes.map(bytes -> bytes == 0).orElse(true)
                && unchanged.isEmpty();
    }

    private boolean hold(ObjectVersion version) {
        Instant modified = version.lastModified().truncatedTo(ChronoUnit.SECONDS);
        return etag.map(listed -> Conditions.lists(listed, version.etag())).orElse(true)
                && lastModified.map(modified::equals).orElse(true)
                && sizeBytes.map(bytes -> bytes == version.sizeBytes()).orElse(true)
                && unchanged.map(version::equals).orElse(true);
    }

    /** As HTTP writes it, or ISO 8601. */
    private static Instant time(String text) {
        try {
            return HttpDate.parse(text).orElseGet(() -> Instant.parse(text)).truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw CosError.INVALID_ARGUMENT.because("The time '" + text + "' is neither RFC 1123 nor ISO 8601.");
        }
    }
}
