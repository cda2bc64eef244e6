package coffer.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The error codes of COS with their HTTP status and a message. Source: COS API reference, "Error Codes"; the codes that
 * page lacks but SDKs look for are marked.
 */
public enum CosError {
    /** Of S3. */
    ACCESS_CONTROL_LIST_NOT_SUPPORTED(400, "AccessControlListNotSupported", "The bucket does not allow ACLs."),
    ACCESS_DENIED(403, "AccessDenied", "Access Denied."),
    /** What a preflight gets that no rule allows. */
    ACCESS_FORBIDDEN(403, "AccessForbidden", "No CORS rule of the bucket allows this request."),
    ACTION_ACCELERATE_NOT_SUPPORTED(
            400, "ActionAccelerateNotSupported", "The operation is not available on the acceleration domain."),
    AMBIGUOUS_FIELD_NAME(400, "AmbiguousFieldName", "Several fields of the object have this name; write it in quotes."),
    APPEND_POSITION_ERR(409, "AppendPositionErr", "The position is not the current length of the object."),
    ATTACHMENT_FULL(400, "AttachmentFull", "An ACL has at most 100 grants."),
    /** Of S3. */
    AUTHORIZATION_HEADER_MALFORMED(
            400, "AuthorizationHeaderMalformed", "The authorization header that you provided is not valid."),
    /** Of S3. */
    AUTHORIZATION_QUERY_PARAMETERS_ERROR(
            400, "AuthorizationQueryParametersError", "The parameters of the signature are not valid."),
    BAD_DIGEST(400, "BadDigest", "The Content-MD5 you specified did not match what we received."),
    BAD_REQUEST(400, "BadRequest", "The request is not well-formed."),
    BUCKET_ACCELERATE_NOT_ENABLED(400, "BucketAccelerateNotEnabled", "Acceleration is not enabled for the bucket."),
    BUCKET_ALREADY_EXISTS(409, "BucketAlreadyExists", "The requested bucket name belongs to another account."),
    BUCKET_ALREADY_OWNED_BY_YOU(409, "BucketAlreadyOwnedByYou", "The bucket exists and belongs to you."),
    BUCKET_NAME_TOO_LONG(400, "BucketNameTooLong", "The bucket name is too long."),
    BUCKET_NOT_EMPTY(409, "BucketNotEmpty", "The bucket you tried to delete is not empty."),
    BUSY(400, "Busy", "Too many queries are running. Please try again."),
    BZIP2_DECOMPRESS_ERROR(400, "Bzip2DecompressError", "The object is not what bzip2 makes."),
    CAST_FAILED(400, "CastFailed", "A value cannot be converted to the type that the query asks for."),
    COMPARISON_FAILED(400, "ComparisonFailed", "Values of these types cannot be compared."),
    CSV_PARSING_ERROR(400, "CSVParsingError", "The object is not CSV as the request describes it."),
    DOMAIN_CONFIG_CONFLICT(409, "DomainConfigConflict", "The custom domains of the bucket contradict each other."),
    DOMAIN_CONFIG_NOT_FOUND(404, "DomainConfigNotFoundError", "The bucket has no custom domain."),
    /** Not in the table, nor its status; the tests of the Python SDK look for it. */
    DUPLICATE_INVENTORY_ID(
            409,
            "DuplicateInventoryId",
            "The id is that of an inventory that is set, being made, or was made today; choose another."),
    ENTITY_TOO_LARGE(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size."),
    ENTITY_TOO_SMALL(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size."),
    /** Of S3. */
    EVALUATOR_INVALID_ARGUMENTS(
            400, "EvaluatorInvalidArguments", "A function or an operator of the query does not go with its arguments."),
    /** Not in the table; an Expect header asks for something other than 100-continue. */
    EXPECTATION_FAILED(417, "ExpectationFailed", "The only expectation that can be met is 100-continue."),
    EXPIRED_TOKEN(400, "ExpiredToken", "The provided token has expired."),
    /** Of S3. */
    EXPRESSION_TOO_LONG(400, "ExpressionTooLong", "The expression is longer than 256 KB."),
    /** Not in the table; what COS answers to x-cos-forbid-overwrite. */
    FILE_ALREADY_EXISTS(409, "FileAlreadyExists", "The object exists and must not be overwritten."),
    GZIP_DECOMPRESS_ERROR(400, "GzipDecompressError", "The object is not what gzip makes."),
    INCOMPLETE_BODY(400, "IncompleteBody", "The body is shorter than its announced length."),
    INCORRECT_NUMBER_OF_FILES(
            400, "IncorrectNumberOfFilesInPostRequest", "POST requires exactly one file upload per request."),
    INTERNAL_ERROR(500, "InternalError", "We encountered an internal error. Please try again."),
    INVALID_ACCESS_KEY_ID(403, "InvalidAccessKeyId", "The Access Key Id you provided does not exist in our records."),
    INVALID_ARGUMENT(400, "InvalidArgument", "An argument is not valid."),
    /** Of S3. */
    INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP(
            400,
            "InvalidBucketAclWithObjectOwnership",
            "The bucket's ACL grants something to others, which does not go with BucketOwnerEnforced."),
    INVALID_BUCKET_NAME(400, "InvalidBucketName", "The specified bucket is not valid."),
    INVALID_BUCKET_STATE(409, "InvalidBucketState", "The request does not fit the state of the bucket."),
    INVALID_COMPRESSION_FORMAT(400, "InvalidCompressionFormat", "CompressionType must be NONE, GZIP or BZIP2."),
    INVALID_COPY_SOURCE(400, "InvalidCopySource", "x-cos-copy-source is not <bucket host>/<key>."),
    INVALID_DELIMITER(400, "InvalidDelimiter", "The delimiter is not valid."),
    INVALID_DIGEST(400, "InvalidDigest", "The Content-MD5 you specified is not valid."),
    /** Of S3. */
    INVALID_EXPRESSION_TYPE(400, "InvalidExpressionType", "ExpressionType must be SQL."),
    INVALID_FILE_HEADER_INFO(400, "InvalidFileHeaderInfo", "FileHeaderInfo must be NONE, USE or IGNORE."),
    INVALID_JSON_TYPE(400, "InvalidJsonType", "JSON must have a Type, DOCUMENT or LINES."),
    INVALID_LOCKED_TIME(409, "InvalidLockedTime", "The retention must be 1 to 36500 days and can only get longer."),
    INVALID_OBJECT_NAME(400, "InvalidObjectName", "The specified object key is not valid."),
    INVALID_OBJECT_STATE(403, "InvalidObjectState", "The object is archived; restore it first."),
    INVALID_PART(400, "InvalidPart", "One or more of the specified parts could not be found."),
    INVALID_PART_ORDER(400, "InvalidPartOrder", "The list of parts was not in ascending order of part numbers."),
    INVALID_POLICY_DOCUMENT(400, "InvalidPolicyDocument", "The content of the form does not meet the policy."),
    INVALID_QUOTE_FIELDS(400, "InvalidQuoteFields", "QuoteFields must be ASNEEDED or ALWAYS."),
    INVALID_RANGE(416, "InvalidRange", "The requested range cannot be satisfied."),
    INVALID_REGION_NAME(400, "InvalidRegionName", "The region is not served here."),
    INVALID_REQUEST(400, "InvalidRequest", "The request is not valid."),
    INVALID_REQUEST_PARAMETER(400, "InvalidRequestParameter", "A parameter of the query is not valid."),
    /** Of S3. */
    INVALID_RETENTION_PERIOD(400, "InvalidRetentionPeriod", "The retention period must be a positive integer."),
    INVALID_SHA1_DIGEST(400, "InvalidSHA1Digest", "The x-cos-content-sha1 you specified did not match the body."),
    INVALID_TAG(400, "InvalidTag", "A tag is not valid."),
    INVALID_TARGET_BUCKET_FOR_LOGGING(
            400,
            "InvalidTargetBucketForLogging",
            "The target bucket must be there, in the same region, and belong to the same account."),
    INVALID_TEXT_ENCODING(400, "InvalidTextEncoding", "The object is not UTF-8."),
    INVALID_URI(400, "InvalidURI", "The specified URI could not be parsed."),
    INVALID_XML(400, "InvalidXML", "The XML of the query is not valid."),
    INVENTORY_CONFIGURATION_NOT_FOUND(
            404, "InventoryConfigurationNotFoundError", "The bucket has no such inventory configuration."),
    INVENTORY_FULL(400, "InventoryFull", "A bucket has at most 1000 inventories."),
    JSON_PARSING_ERROR(400, "JSONParsingError", "The object is not JSON."),
    KEY_TOO_LONG(400, "KeyTooLong", "Your key is too long: 850 bytes of UTF-8 are the most."),
    KMS_EXCEPTION(400, "KmsException", "The key service refused the request."),
    KMS_INTERNAL_EXCEPTION(500, "KmsInternalException", "The key service could not answer; try again."),
    KMS_KEY_DISABLED(400, "KmsKeyDisabled", "The master key is disabled."),
    KMS_KEY_NOT_EXIST(400, "KmsKeyNotExist", "The master key does not exist."),
    LAST_RECORD_PARSE_FAIL(400, "LastRecordParseFail", "The last record of the object is not complete."),
    LIST_PART_UPLOAD_ID_IS_EMPTY(400, "ListPartUploadIdIsEmpty", "The uploadId parameter is empty."),
    /** A retention that holds would get shorter; S3 has another code for that than for other wrong times. */
    LOCKED_TIME_TOO_SHORT(409, "InvalidLockedTime", "A retention can only get longer."),
    LOGGING_PREFIX_INVALID(400, "LoggingPrefixInvalid", "The TargetPrefix is not valid."),
    MALFORMED_POLICY(400, "MalformedPolicy", "The policy is not well-formed."),
    MALFORMED_POST_REQUEST(
            400, "MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data."),
    /** Of S3. */
    MALFORMED_TRAILER_ERROR(400, "MalformedTrailerError", "What follows the body is not as announced."),
    MALFORMED_XML(400, "MalformedXML", "The XML you provided was not well-formed or did not validate."),
    METHOD_NOT_ALLOWED(405, "MethodNotAllowed", "The specified method is not allowed against this resource."),
    MISSING_CONTENT_LENGTH(411, "MissingContentLength", "You must provide the Content-Length HTTP header."),
    MISSING_EXPECTED_EXPRESSION(
            400, "MissingExpectedExpression", "The element Expression must be there, with the query."),
    /** Of S3. */
    MISSING_HEADERS(400, "MissingHeaders", "The query names fields that the object does not have."),
    MISSING_INPUT_FORMAT(400, "MissingInputFormat", "InputSerialization must have one of CSV, JSON and Parquet."),
    MISSING_INPUT_SERIALIZATION(400, "MissingInputSerialization", "The element InputSerialization must be there."),
    MISSING_OUTPUT_FORMAT(400, "MissingOutputFormat", "OutputSerialization must have one of CSV and JSON."),
    MISSING_OUTPUT_SERIALIZATION(400, "MissingOutputSerialization", "The element OutputSerialization must be there."),
    MISSING_REQUEST_BODY(400, "MissingRequestBodyError", "The request body is empty."),
    /** Not in the table; the metadata of one object is limited to 2 KB. */
    METADATA_TOO_LARGE(400, "MetadataTooLarge", "Your metadata headers exceed the maximum allowed size of 2 KB."),
    NO_SUCH_BUCKET(404, "NoSuchBucket", "The specified bucket does not exist."),
    /** Not in the table; the Java SDK compares this code. */
    NO_SUCH_BUCKET_POLICY(404, "NoSuchBucketPolicy", "The bucket has no policy."),
    /** Not in the table; S3 answers it for an unknown rule of intelligent tiering. */
    NO_SUCH_CONFIGURATION(404, "NoSuchConfiguration", "The specified configuration does not exist."),
    NO_SUCH_CORS_CONFIGURATION(404, "NoSuchCORSConfiguration", "The CORS configuration does not exist."),
    NO_SUCH_ENCRYPTION_CONFIGURATION(
            404, "NoSuchEncryptionConfiguration", "The bucket has no encryption configuration."),
    NO_SUCH_JOB(404, "NoSuchJob", "The specified job does not exist."),
    NO_SUCH_KEY(404, "NoSuchKey", "The specified key does not exist."),
    NO_SUCH_LIFECYCLE_CONFIGURATION(404, "NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist."),
    NO_SUCH_OBJECT_LOCK_CONFIGURATION(
            404, "NoSuchObjectLockConfiguration", "The object lock configuration does not exist."),
    /** Of S3. */
    NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION(
            404, "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found."),
    /** Not in the table. */
    NO_SUCH_STRICT_SIGNATURE_CONFIGURATION(
            404, "NoSuchStrictSignatureConfiguration", "The bucket has no strict signature configuration."),
    NO_SUCH_TAG_SET(404, "NoSuchTagSet", "There is no tag set."),
    NO_SUCH_UPLOAD(404, "NoSuchUpload", "The specified multipart upload does not exist."),
    NO_SUCH_VERSION(404, "NoSuchVersion", "The specified version does not exist."),
    NO_SUCH_WEBSITE_CONFIGURATION(404, "NoSuchWebsiteConfiguration", "The website configuration does not exist."),
    /** Of COS; whether of the event, the prefix or the suffix cannot be told apart. */
    NOTIFY_RULE_EVENT_CONFLICT(400, "NotifyRuleEventConflict", "Two configurations mean the same event."),
    MISSING_REQUIRED_PARAMETER(400, "MissingRequiredParameter", "The query lacks an element."),
    NOT_IMPLEMENTED(501, "NotImplemented", "This operation of COS is not available on this server yet."),
    NOT_SUPPORTED_STORAGE_CLASS(400, "NotSupportedStorageClass", "The storage class is not supported."),
    /** Of S3. */
    OBJECT_LOCK_CONFIGURATION_NOT_FOUND(
            404, "ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket."),
    OAZ_OPERATION_NOT_SUPPORT_ON_MAZ_BUCKET(
            400,
            "OAZOperationNotSupportOnMAZBucket",
            "Storage classes of one zone are not for buckets of several zones."),
    OBJECT_LOCKED(409, "ObjectLocked", "The object is locked and cannot be changed or deleted yet."),
    OBJECT_NOT_APPENDABLE(409, "ObjectNotAppendable", "The object is not appendable."),
    ORIGIN_CONFIGURATION_NOT_FOUND(404, "OriginConfigurationNotFoundError", "The bucket has no origin configuration."),
    OVERLOAD(400, "Overload", "The query takes too long."),
    /** Of S3. */
    OVER_MAX_PARQUET_BLOCK_SIZE(400, "OverMaxParquetBlockSize", "The blocks of the Parquet file are too large."),
    OVER_MAX_RECORD_SIZE(400, "OverMaxRecordSize", "A record is longer than 1 MB."),
    /** Not in the table; the status is that of "Setting Origin-Pull", the code that of HTTP. */
    ORIGIN_FAILED(424, "FailedDependency", "The object could not be fetched from its origin."),
    /** Of S3. */
    OWNERSHIP_CONTROLS_NOT_FOUND(
            404, "OwnershipControlsNotFoundError", "The bucket ownership controls were not found."),
    /** Of S3. */
    PARQUET_PARSING_ERROR(
            400, "ParquetParsingError", "The object is not Parquet, or of a kind that is not understood."),
    PATH_CONFLICT(409, "PathConflict", "Another request is changing the same object; try again."),
    POLICY_FULL(400, "PolicyFull", "A policy has at most 20 KB, each of its statements at most 4,095 bytes."),
    PRECONDITION_FAILED(412, "PreconditionFailed", "Precondition not match."),
    RECORD_ALREADY_EXIST(409, "RecordAlreadyExist", "The domain belongs to another bucket."),
    REPLICATION_CONFIGURATION_NOT_FOUND(
            404, "ReplicationConfigurationNotFoundError", "The replication configuration does not exist."),
    REQUEST_TIME_TOO_SKEWED(
            403, "RequestTimeTooSkewed", "The difference between the request time and the server's is too large."),
    REQUEST_TIMEOUT(400, "RequestTimeout", "The body did not arrive in time."),
    RESTORE_ALREADY_IN_PROGRESS(409, "RestoreAlreadyInProgress", "The object is being restored already."),
    RESTORE_NON_ARCHIVE_OBJECT(405, "RestoreNonArchiveObject", "The object is not archived: it can be read as it is."),
    SERVICE_UNAVAILABLE(503, "ServiceUnavailable", "The service cannot answer now; try again."),
    SIGNATURE_DOES_NOT_MATCH(403, "SignatureDoesNotMatch", "The Signature you specified is invalid."),
    SLOW_DOWN(503, "SlowDown", "Reduce your request rate."),
    SSE_CONTENT_NOT_SUPPORTED(400, "SSEContentNotSupported", "The encryption algorithm is not supported."),
    SSE_HEADER_NOT_ALLOWED(400, "SSEHeaderNotAllowed", "Encryption headers are not allowed here."),
    SQL_PARSING_ERROR(400, "SQLParsingError", "The query is not understood."),
    SSEC_DECRYPT_HEADER_INVALID(
            400,
            "SsecDecryptHeaderInvalid",
            "The object is encrypted with a key of yours; send the x-cos-server-side-encryption-customer-* headers it was"
                    + " written with."),
    /** Not in the table; the code is that of objects that are archived, whose status is another one. */
    SYMLINK_TO_SYMLINK(409, "InvalidObjectState", "The symlink leads to another symlink, which is not followed."),
    TARGET_BUCKET_NAME_INVALID(400, "TargetBucketNameInvalid", "The name of the target bucket is invalid."),
    TOO_MANY_BUCKETS(400, "TooManyBuckets", "You have as many buckets as are allowed."),
    TOO_MANY_JOBS(500, "TooManyJobs", "The account has too many jobs that are not ended; wait or cancel some."),
    UNEXPECTED_CONTENT(400, "UnexpectedContent", "This request does not support content."),
    /** Of S3. */
    UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS(
            400,
            "UnresolvableGrantByEmailAddress",
            "The email address you provided does not match any account on record; name accounts by their ID."),
    USER_CNAME_INVALID(400, "UserCnameInvalid", "The custom domain is not a valid domain name."),
    USER_NOT_TARGET_BUCKET_OWNER(
            403, "UserNotTargetBucketOwner", "The target bucket must belong to the owner of the bucket."),
    WEBSITE_URL_INVALID(
            400,
            "WebsiteURLInvalid",
            "The website redirect location must begin with / or http:// or https:// and have at most 2 KB."),
    /** Of S3. */
    X_AMZ_CONTENT_SHA256_MISMATCH(
            400, "XAmzContentSHA256Mismatch", "The provided x-amz-content-sha256 does not match what was computed."),
    XML_SIZE_LIMIT(400, "XMLSizeLimit", "The XML document is larger than allowed.");

    private final int status;
    private final String code;
    private final String message;

    CosError(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The name on the wire, spelled out: it is protocol, never derived from the constant. */
    public String code() {
        return code;
    }

    /** The message unless the place that fails knows a better one. */
    public String message() {
        return message;
    }

    /** The error about the addressed object or bucket. */
    public CosException exception() {
        return because(message);
    }

    /** The error about something else. */
    public CosException at(String resource) {
        return new CosException(this, message, Optional.of(resource), Map.of(), List.of(), Map.of(), Optional.empty());
    }

    /** The error with a message of its own. */
    public CosException because(String reason) {
        return new CosException(this, reason, Optional.empty(), Map.of(), List.of(), Map.of(), Optional.empty());
    }

    /** The error with what caused it, for the log only. */
    public CosException causedBy(Throwable cause) {
        return new CosException(this, message, Optional.empty(), Map.of(), List.of(), Map.of(), Optional.of(cause));
    }
}
