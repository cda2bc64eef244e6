package coffer.s3;

import coffer.api.CosError;
import coffer.api.CosException;

/**
 * An error as S3 clients know it.
 *
 * @param status HTTP status
 * @param code its name on the wire
 */
public record S3Error(int status, String code) {
    /** What S3 calls an error of COS. Source: S3 API reference, "Error Responses". */
    public static S3Error of(CosException e) {
        CosError error = e.error();
        return switch (error) {
            case KEY_TOO_LONG -> new S3Error(400, "KeyTooLongError");
            case OBJECT_LOCKED, LOCKED_TIME_TOO_SHORT -> new S3Error(403, "AccessDenied");
            case INVALID_LOCKED_TIME -> new S3Error(400, "InvalidArgument");
            case NO_SUCH_ENCRYPTION_CONFIGURATION -> new S3Error(404, "ServerSideEncryptionConfigurationNotFoundError");
            case FILE_ALREADY_EXISTS -> new S3Error(412, "PreconditionFailed");
            case PATH_CONFLICT -> new S3Error(409, "OperationAborted");
            case BUCKET_NAME_TOO_LONG -> new S3Error(400, "InvalidBucketName");
            case NOT_SUPPORTED_STORAGE_CLASS -> new S3Error(400, "InvalidStorageClass");
            case RESTORE_NON_ARCHIVE_OBJECT -> new S3Error(403, "InvalidObjectState");
            case INVALID_REGION_NAME -> new S3Error(400, "InvalidLocationConstraint");
            case INVALID_COPY_SOURCE, SSE_CONTENT_NOT_SUPPORTED, NOTIFY_RULE_EVENT_CONFLICT ->
                new S3Error(400, "InvalidArgument");
            case SSE_HEADER_NOT_ALLOWED, SSEC_DECRYPT_HEADER_INVALID -> new S3Error(400, "InvalidRequest");
            case KMS_KEY_NOT_EXIST -> new S3Error(400, "KMS.NotFoundException");
            case KMS_KEY_DISABLED -> new S3Error(400, "KMS.DisabledException");
            case ATTACHMENT_FULL -> new S3Error(400, "MalformedACLError");
            case WEBSITE_URL_INVALID -> new S3Error(400, "InvalidRedirectLocation");
            case BUSY, OVERLOAD -> new S3Error(503, "Busy");
            case POLICY_FULL -> new S3Error(400, "MalformedPolicy");
            default -> new S3Error(error.status(), error.code());
        };
    }

    /**
     * What an error says to S3 clients. Some look for a sentence of S3; where it has one that says more or other than
     * ours, it stands first, and what is known beyond it behind it.
     */
    public static String message(CosException e) {
        CosError error = e.error();
        String known = sentence(error);
        if (known.isEmpty()) {
            return e.message();
        }
        return e.message().equals(error.message()) ? known : known + " " + e.message();
    }

    private static String sentence(CosError error) {
        return switch (error) {
            case PRECONDITION_FAILED, FILE_ALREADY_EXISTS ->
                "At least one of the pre-conditions you specified did not hold";
            case INVALID_PART ->
                "One or more of the specified parts could not be found.  The part may not have been uploaded, or the"
                        + " specified entity tag may not match the part's entity tag.";
            case NO_SUCH_OBJECT_LOCK_CONFIGURATION -> "The specified object does not have a ObjectLock configuration";
            case NO_SUCH_ENCRYPTION_CONFIGURATION -> "The server side encryption configuration was not found";
            default -> "";
        };
    }
}
