package coffer.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.Address;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.api.Query;
import coffer.awssignature.AwsFormAuthenticator;
import coffer.identity.Caller;
import coffer.object.FormDialect;
import coffer.request.CosRequest;
import coffer.request.Protocol;
import coffer.signature.FormGrant;
import coffer.tagging.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Forms of S3. Source: S3 API reference, "Browser-Based Uploads Using POST"; version 2 likewise. */
public final class S3Form implements FormDialect {
    private static final String TAGGING = "tagging";

    private final AwsFormAuthenticator authenticator;
    private final S3BucketNames names;

    public S3Form(AwsFormAuthenticator authenticator, S3BucketNames names) {
        this.authenticator = authenticator;
        this.names = names;
    }

    @Override
    public boolean isSpoken(CosRequest request, Map<String, String> fields) {
        return AwsFormAuthenticator.isSigned(fields) || !Address.hasAppId(request.bucketAsNamed());
    }

    @Override
    public FormGrant authenticate(CosRequest request, Map<String, String> fields) {
        return authenticator.authenticate(
                fields, request.bucketAsNamed(), request.http().remoteAddress());
    }

    @Override
    public Protocol protocol() {
        return Protocol.S3;
    }

    @Override
    public String bucket(CosRequest request, Caller caller) {
        return names.full(request.bucketAsNamed(), caller);
    }

    @Override
    public Headers headers(Map<String, String> fields) {
        List<Headers.Header> headers = new ArrayList<>();
        fields.forEach((name, value) -> {
            switch (name) {
                case "acl" -> headers.add(new Headers.Header("x-amz-acl", value));
                case TAGGING -> headers.add(new Headers.Header("x-amz-tagging", tagging(value)));
                default -> headers.add(new Headers.Header(name, value));
            }
        });
        return S3Headers.toCos(Headers.of(headers), Query.NONE);
    }

    /** A form has them as a document, a header as parameters. */
    private static String tagging(String document) {
        return Tags.ofObject(Element.parse(document.getBytes(UTF_8))).all().entrySet().stream()
                .map(tag -> PercentCode.encode(tag.getKey()) + "=" + PercentCode.encode(tag.getValue()))
                .collect(Collectors.joining("&"));
    }
}
