package coffer.operation;

import coffer.address.Address;
import coffer.address.CopySource;
import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.ResponseBody;
import coffer.awssignature.AwsAuthenticator;
import coffer.identity.Caller;
import coffer.request.Handler;
import coffer.request.Protocol;
import coffer.s3.S3BucketNames;
import coffer.s3.S3Headers;
import coffer.s3.S3Xml;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How S3 clients speak. As on the endpoints of COS themselves, the signature tells them; who signs nothing is told by
 * headers that only they send, or by the name of a bucket without APPID.
 */
final class S3Dialect implements Dialect {
    private static final String COPY_SOURCE = "x-cos-copy-source";
    private static final String XML = "application/xml";

    /** Operations that COS has not and there are no rows of; without their parameter they would be others. */
    private static final Set<String> ABSENT = Set.of("analytics", "metrics", "requestPayment", "session", "torrent");

    private final AwsAuthenticator authenticator;
    private final S3BucketNames names;
    private final Dialect common;
    private final Map<Operation, Handler> handlers;

    /** @param common what answers the operations that are the same */
    S3Dialect(AwsAuthenticator authenticator, Services services, Dialect common) {
        this.authenticator = authenticator;
        this.names = new S3BucketNames(services.buckets());
        this.common = common;
        this.handlers = new EnumMap<>(S3Handlers.of(services));
    }

    /** Whether a request is in this dialect. */
    static boolean isSpoken(HttpRequest request, Address address, Query query) {
        Optional<String> authorization = request.headers().first("Authorization");
        if (authorization.isPresent() && authorization.get().startsWith("q-")) {
            return false;
        }
        return AwsAuthenticator.isSigned(request, query)
                || (!query.has("q-sign-algorithm") && !query.has("sign") && isUnsignedS3(request, address));
    }

    private static boolean isUnsignedS3(HttpRequest request, Address address) {
        for (Headers.Header header : request.headers().all()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-") || name.startsWith("amz-sdk-")) {
                return true;
            }
        }
        return address.bucket().filter(name -> !Address.hasAppId(name)).isPresent();
    }

    @Override
    public HttpRequest understood(HttpRequest sent, Query query) {
        if (ABSENT.stream().anyMatch(query::has)) {
            throw CosError.NOT_IMPLEMENTED.exception();
        }
        return sent.with(S3Headers.toCos(sent.headers(), query), sent.body());
    }

    @Override
    public Authenticated authenticate(HttpRequest sent, Address address, Query query) {
        AwsAuthenticator.Authenticated who = authenticator.authenticate(sent, address, query);
        return new Authenticated(who.caller(), who.body());
    }

    @Override
    public HttpRequest understood(HttpRequest understood, Authenticated who) {
        Headers headers = understood
                .headers()
                .nonEmpty(COPY_SOURCE)
                .map(source -> withCopySource(understood.headers(), source, who.caller()))
                .orElse(understood.headers());
        return understood.with(headers, who.body());
    }

    private Headers withCopySource(Headers headers, String source, Caller caller) {
        List<Headers.Header> changed = new ArrayList<>(headers.all());
        String named = CopySource.bucketPart(source);
        changed.replaceAll(header -> header.name().equals(COPY_SOURCE)
                ? new Headers.Header(COPY_SOURCE, CopySource.inBucket(source, names.full(named, caller)))
                : header);
        return Headers.of(changed);
    }

    @Override
    public Optional<String> bucket(Address address, Caller caller) {
        return address.bucket().map(named -> names.full(named, caller));
    }

    @Override
    public Optional<String> newBucket(Address address, Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ -> throw CosError.ACCESS_DENIED.exception();
            case Caller.Signed signed ->
                address.bucket()
                        .map(named -> S3BucketNames.own(named, signed.account().appId()));
        };
    }

    @Override
    public Protocol protocol() {
        return Protocol.S3;
    }

    @Override
    public int maxKeyBytes() {
        return ObjectKey.MAX_S3_BYTES;
    }

    /** Only where bytes are to be stored: the SDK for Java leaves the header out where it sends no body. */
    @Override
    public boolean needsLength(Operation operation) {
        return operation == Operation.PUT_OBJECT || operation == Operation.UPLOAD_PART;
    }

    @Override
    public Handler handler(Operation operation) {
        Handler own = handlers.get(operation);
        return own == null ? common.handler(operation) : own;
    }

    @Override
    public CosResponse spoken(CosResponse answer) {
        CosResponse renamed = new CosResponse(
                answer.status(), S3Headers.toS3(answer.headers()), answer.body(), answer.bytesPerSecond());
        boolean isDocument = answer.status() == 200
                && answer.body() instanceof ResponseBody.Bytes
                && answer.header("Content-Type").equals(Optional.of(XML));
        return isDocument && answer.body() instanceof ResponseBody.Bytes(byte[] bytes)
                ? renamed.withBody(new ResponseBody.Bytes(S3Xml.inNamespace(bytes)))
                : renamed;
    }

    @Override
    public CosResponse error(CosException error, String resource, RequestIds ids, boolean head) {
        return ErrorDocument.ofS3(error, resource, ids, head);
    }
}
