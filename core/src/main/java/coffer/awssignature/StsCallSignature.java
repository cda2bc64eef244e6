package coffer.awssignature;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.api.CosException;
import coffer.api.HttpRequest;
import coffer.api.Query;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The signature of a call of the STS of AWS, before it is checked: version 4 over the body itself. Source: AWS docs,
 * "Create a signed AWS API request".
 */
public final class StsCallSignature {
    private static final String SERVICE = "sts";

    private final SignatureV4 signature;
    private final HttpRequest request;
    private final Address address;
    private final Query query;

    private StsCallSignature(SignatureV4 signature, HttpRequest request, Address address) {
        this.signature = signature;
        this.request = request;
        this.address = address;
        this.query = Query.parse(AddressParser.rawQuery(request));
    }

    /** Whether a request has one. */
    public static boolean isIn(HttpRequest request) {
        Optional<String> authorization = request.headers().first("Authorization");
        return authorization
                .filter(text ->
                        text.startsWith(SignatureV4.ALGORITHM) && text.contains("/" + SERVICE + "/aws4_request"))
                .isPresent();
    }

    /**
     * Reads the signature of a request that has one.
     *
     * @throws CosException {@code AuthorizationHeaderMalformed}, {@code AccessDenied} without a date
     */
    public static StsCallSignature of(HttpRequest request, Address address, byte[] body) {
        MessageDigest digest = AwsHmac.newDigest();
        String authorization = request.headers().first("Authorization").orElse("");
        SignatureV4 signature =
                SignatureV4.ofHeader(request, authorization, HexFormat.of().formatHex(digest.digest(body)));
        return new StsCallSignature(signature, request, address);
    }

    public String accessKeyId() {
        return signature.accessKeyId();
    }

    /** Of a temporary key. */
    public Optional<String> token() {
        return signature.token();
    }

    /** When it was made, by the client's clock, in Unix seconds. */
    public long timestamp() {
        return signature.time().getEpochSecond();
    }

    /** Whether it was made with this secret, and covers the host. */
    public boolean isMadeWith(String secretKey) {
        return signature.signedHeaders().contains("host")
                && signature.scope().service().equals(SERVICE)
                && signature.isMadeWith(secretKey, request, address, query);
    }
}
