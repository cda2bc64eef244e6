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
            case INVALID_REGION_NAME -> new S3Error(400, "InvalidLocationConstraint");
            case INVALID_COPY_SOURCE, SSE_CONTENT_NOT_SUPPORTED -> new S3Error(400, "InvalidArgument");
            case SSE_HEADER_NOT_ALLOWED, SSEC_DECRYPT_HEADER_INVALID -> new S3Error(400, "InvalidRequest");
            case KMS_KEY_NOT_EXIST -> new S3Error(400, "KMS.NotFoundException");
            case KMS_KEY_DISABLED -> new S3Error(400, "KMS.DisabledException");
            case ATTACHMENT_FULL -> new S3Error(400, "MalformedACLError");
            case WEBSITE_URL_INVALID -> new S3Error(400, "InvalidRedirectLocation");
            case POLICY_FULL -> new S3Error(400, "MalformedPolicy");
            default -> new S3Error(error.status(), error.code());
        };
    }
}
