package coffer.accesslog;

import coffer.identity.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One request that was answered, as logs know it.
 *
 * @param source the bucket it was about
 * @param asked what was wanted
 * @param answered what became of it
 */
public record AccessRecord(LogSource source, Asked asked, Answered answered) {
    /**
     * What was wanted.
     *
     * @param requestId names the request
     * @param begun when its head was there
     * @param host as the client wrote it
     * @param operation what it is called
     * @param remoteAddress of the peer
     * @param caller who signed it; {@link Principal.Anonymous} if nobody did
     * @param secretId the key it was signed with
     * @param signature how it was signed, for instance {@code SigV4}
     * @param signaturePlace where that stood, for instance {@code AuthHeader}
     * @param key the decoded key of the object; empty if it is not about one
     * @param method upper case
     * @param target as it stood on the request line
     * @param userAgent the header
     * @param referer the header
     * @param tlsVersion for instance {@code 1.3}
     */
    public record Asked(
            String requestId,
            Instant begun,
            String host,
            OperationName operation,
            String remoteAddress,
            Principal caller,
            Optional<String> secretId,
            Optional<String> signature,
            Optional<String> signaturePlace,
            Optional<String> key,
            String method,
            String target,
            Optional<String> userAgent,
            Optional<String> referer,
            Optional<String> tlsVersion) {}

    /**
     * What an operation is called.
     *
     * @param cos for instance {@code GetObject}
     * @param s3 for instance {@code REST.GET.OBJECT}
     */
    public record OperationName(String cos, String s3) {}

    /**
     * What became of it.
     *
     * @param ended when the last of the answer was sent
     * @param status HTTP status
     * @param error what was wrong
     * @param receivedBytes of the body that were read
     * @param sentBytes of the body of the answer
     * @param addedBytes how much more is stored by it, or less
     * @param totalMillis from the head of the request to the end of the answer
     * @param turnAroundMillis from the end of the request to the head of the answer
     * @param objectBytes how long the object is that was read or written
     * @param versionId of the object that was read or written
     * @param storageClass of the object that was read or written
     * @param targetStorageClass of the object that a copy made
     */
    public record Answered(
            Instant ended,
            int status,
            Optional<Failure> error,
            long receivedBytes,
            long sentBytes,
            long addedBytes,
            long totalMillis,
            long turnAroundMillis,
            OptionalLong objectBytes,
            Optional<String> versionId,
            Optional<String> storageClass,
            Optional<String> targetStorageClass) {}

    /** What was wrong, as the client was told. */
    public record Failure(String code, String message) {}
}
