package coffer.request;

import coffer.address.Address;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.PercentCode;
import coffer.api.Query;
import coffer.api.RequestBody;
import coffer.identity.Account;
import coffer.identity.Caller;
import java.util.Optional;

/**
 * A request to be handled. Immutable but for the body, which is read once.
 *
 * @param http as it arrived
 * @param address what it is addressed to
 * @param query its decoded parameters
 * @param caller who signed it
 * @param requestId names it in the answer and in the log
 * @param protocol what the client speaks
 * @param bucketName the full name of the addressed bucket, which S3 clients need not write
 */
public record CosRequest(
        HttpRequest http,
        Address address,
        Query query,
        Caller caller,
        String requestId,
        Protocol protocol,
        Optional<String> bucketName) {
    public Headers headers() {
        return http.headers();
    }

    public RequestBody body() {
        return http.body();
    }

    /** The full bucket name; only for operations on a bucket or an object. */
    public String bucket() {
        return bucketName.orElseThrow(CosError.NO_SUCH_BUCKET::exception);
    }

    /** The bucket as the client names it, for documents that repeat the name. */
    public String bucketAsNamed() {
        return address.bucket().orElseThrow(CosError.NO_SUCH_BUCKET::exception);
    }

    /**
     * Where an object of the addressed bucket is found, by the host and the path that this request found the bucket by. S3
     * writes the slashes of the key percent-encoded.
     */
    public String location(String key) {
        boolean isBucketInPath = !address.path().equals("/" + address.key());
        String encoded = switch (protocol) {
            case COS -> PercentCode.encodeKey(key);
            case S3 -> PercentCode.encode(key);
        };
        return (http.secure() ? "https://" : "http://") + address.host() + "/"
                + (isBucketInPath ? PercentCode.encode(bucketAsNamed()) + "/" : "") + encoded;
    }

    /** The same request about another bucket. */
    public CosRequest with(String fullBucketName) {
        return new CosRequest(http, address, query, caller, requestId, protocol, Optional.of(fullBucketName));
    }

    /** The same request with other headers. */
    public CosRequest with(Headers headers) {
        return new CosRequest(http.with(headers, http.body()), address, query, caller, requestId, protocol, bucketName);
    }

    /** The object key, empty for operations on a bucket. */
    public String key() {
        return address.key();
    }

    /**
     * The account that signed the request.
     *
     * @throws CosException {@code AccessDenied} if nobody did
     */
    public Account account() {
        return switch (caller) {
            case Caller.Signed signed -> signed.account();
            case Caller.Anonymous anonymous -> throw CosError.ACCESS_DENIED.exception();
        };
    }

    /**
     * Reads the body as an XML document; Content-MD5 is verified if it is there.
     *
     * @param maxBytes larger documents are refused
     * @throws CosException {@code MissingRequestBodyError}, {@code XMLSizeLimit}, {@code BadDigest},
     *     {@code InvalidDigest}, {@code MalformedXML}
     */
    public Element document(int maxBytes) {
        return Element.parse(documentBytes(maxBytes, CosError.XML_SIZE_LIMIT));
    }

    /**
     * Reads the body as a document of any kind; Content-MD5 and the checksum of an S3 client are verified if they are
     * there.
     *
     * @param maxBytes larger documents are refused
     * @param tooLong how they are refused
     * @throws CosException {@code MissingRequestBodyError}, {@code BadDigest}, {@code InvalidDigest}, the one given
     */
    public byte[] documentBytes(int maxBytes, CosError tooLong) {
        return DocumentBody.read(this, maxBytes, tooLong);
    }

    /** {@code bucket host/key}, as error documents name what they are about. */
    public String resource() {
        return address.host() + address.path();
    }
}
