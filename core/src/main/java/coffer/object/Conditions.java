package coffer.object;

import coffer.api.CosError;
import coffer.api.Headers;
import coffer.api.HttpDate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The four conditions of a request, in the order RFC 7232 section 6 gives them. Source: COS API reference, "GET Object",
 * "PUT Object - Copy".
 *
 * @param ifMatch list of ETags, quotes optional, or {@code *}
 * @param ifNoneMatch likewise
 * @param ifModifiedSince an RFC 1123 date; unreadable ones are ignored
 * @param ifUnmodifiedSince likewise
 */
public record Conditions(
        Optional<String> ifMatch,
        Optional<String> ifNoneMatch,
        Optional<Instant> ifModifiedSince,
        Optional<Instant> ifUnmodifiedSince) {

    /** What follows from the conditions. */
    public enum Outcome {
        /** Go on. */
        PROCEED,
        /** 304 for a read. */
        NOT_MODIFIED,
        /** 412. */
        FAILED
    }

    /** The conditions on the addressed object. */
    public static Conditions of(Headers headers) {
        return withPrefix(headers, "");
    }

    /** The conditions on the source of a copy. */
    public static Conditions ofCopySource(Headers headers) {
        return withPrefix(headers, "x-cos-copy-source-");
    }

    private static Conditions withPrefix(Headers headers, String prefix) {
        return new Conditions(
                headers.nonEmpty(prefix + "If-Match"),
                headers.nonEmpty(prefix + "If-None-Match"),
                headers.nonEmpty(prefix + "If-Modified-Since").flatMap(HttpDate::parse),
                headers.nonEmpty(prefix + "If-Unmodified-Since").flatMap(HttpDate::parse));
    }

    public boolean isEmpty() {
        return ifMatch.isEmpty() && ifNoneMatch.isEmpty() && ifModifiedSince.isEmpty() && ifUnmodifiedSince.isEmpty();
    }

    /** Compares with an object that is there. */
    public Outcome test(ObjectVersion version) {
        Instant modified = version.lastModified().truncatedTo(ChronoUnit.SECONDS);
        if (ifMatch.isPresent()) {
            if (!lists(ifMatch.get(), version.etag())) {
                return Outcome.FAILED;
            }
        } else if (ifUnmodifiedSince.filter(modified::isAfter).isPresent()) {
            return Outcome.FAILED;
        }
        if (ifNoneMatch.isPresent()) {
            return lists(ifNoneMatch.get(), version.etag()) ? Outcome.NOT_MODIFIED : Outcome.PROCEED;
        }
        return ifModifiedSince.filter(since -> !modified.isAfter(since)).isPresent()
                ? Outcome.NOT_MODIFIED
                : Outcome.PROCEED;
    }

    /**
     * Guards a write: every condition that does not hold is a failure.
     *
     * @param absent what becomes of a write that must match an object where there is none
     */
    public ObjectService.Precondition forWrite(CosError absent) {
        if (isEmpty()) {
            return ObjectService.Precondition.NONE;
        }
        return current -> {
            if (current.isEmpty() && ifMatch.isPresent()) {
                throw absent.exception();
            }
            boolean holds = current.map(stored -> test(stored.version()) == Outcome.PROCEED)
                    .orElse(true);
            if (!holds) {
                throw CosError.PRECONDITION_FAILED.exception();
            }
        };
    }

    static boolean lists(String etags, String etag) {
        for (String listed : etags.split(",", -1)) {
            String bare = listed.strip();
            if (bare.startsWith("W/")) {
                bare = bare.substring(2);
            }
            if (bare.length() >= 2 && bare.startsWith("\"") && bare.endsWith("\"")) {
                bare = bare.substring(1, bare.length() - 1);
            }
            if (bare.equals("*") || bare.equals(etag)) {
                return true;
            }
        }
        return false;
    }
}
