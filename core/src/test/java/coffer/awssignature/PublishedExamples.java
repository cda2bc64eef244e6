package coffer.awssignature;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.RequestBody;
import coffer.identity.AccessKey;
import coffer.identity.Account;
import coffer.identity.Keyring;
import coffer.signature.FailedAttempts;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The key, the clock and the way to ask of the worked examples. Source: S3 API reference, "Authenticating Requests (AWS
 * Signature Version 4)".
 */
final class PublishedExamples {
    static final AccessKey KEY = new AccessKey(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            new Account("1300000007", "100000000042"));
    static final Instant NOW = Instant.parse("2013-05-24T00:00:10Z");
    static final String HOST = "examplebucket.s3.amazonaws.com";

    private static final Keyring KEYS =
            (id, token) -> Optional.of(KEY).filter(key -> key.secretId().equals(id));

    private PublishedExamples() {}

    static AwsAuthenticator.Authenticated authenticate(String method, String target, String... headers) {
        return authenticate(NOW, RequestBody.EMPTY, method, target, headers);
    }

    static AwsAuthenticator.Authenticated authenticate(
            Instant now, RequestBody body, String method, String target, String... headers) {
        HttpRequest request = new HttpRequest(method, target, Headers.of(headers), body, "127.0.0.1", Optional.empty());
        Address address = new AddressParser(List.of(), List.of("ap-nanjing")).parse(request);
        return new AwsAuthenticator(KEYS, new FailedAttempts(() -> now), () -> now, List.of("ap-nanjing"))
                .authenticate(request, address, Query.parse(AddressParser.rawQuery(request)));
    }

    /** The Authorization header of the examples. */
    static String authorization(String signedHeaders, String signature) {
        return "AWS4-HMAC-SHA256 Credential=" + KEY.secretId() + "/20130524/us-east-1/s3/aws4_request,SignedHeaders="
                + signedHeaders + ",Signature=" + signature;
    }

    /** A body as it arrives from a client that hangs up behind its last byte. */
    static RequestBody body(byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        return new RequestBody() {
            @Override
            public long declaredBytes() {
                return bytes.length;
            }

            @Override
            public int read(ByteBuffer target) {
                if (!left.hasRemaining()) {
                    return -1;
                }
                int count = Math.min(target.remaining(), left.remaining());
                target.put(left.slice(left.position(), count));
                left.position(left.position() + count);
                return count;
            }
        };
    }

    /** Reads what was announced, and what stands behind it, as handlers do. */
    static byte[] read(RequestBody body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1000);
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            all.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        body.requireEnd();
        return all.toByteArray();
    }
}
