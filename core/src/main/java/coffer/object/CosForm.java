package coffer.object;

import coffer.api.Headers;
import coffer.identity.Caller;
import coffer.request.CosRequest;
import coffer.request.Protocol;
import coffer.signature.FormGrant;
import coffer.signature.PostPolicyAuthenticator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Forms of COS, which are those that are of no other dialect. Source: COS API reference, "POST Object". */
public final class CosForm implements FormDialect {
    private final PostPolicyAuthenticator authenticator;

    public CosForm(PostPolicyAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public boolean isSpoken(CosRequest request, Map<String, String> fields) {
        return true;
    }

    @Override
    public FormGrant authenticate(CosRequest request, Map<String, String> fields) {
        return authenticator.authenticate(
                fields, request.bucket(), request.http().remoteAddress());
    }

    @Override
    public Protocol protocol() {
        return Protocol.COS;
    }

    @Override
    public String bucket(CosRequest request, Caller caller) {
        return request.bucket();
    }

    @Override
    public Headers headers(Map<String, String> fields) {
        List<Headers.Header> headers = new ArrayList<>();
        fields.forEach(
                (name, value) -> headers.add(new Headers.Header(name.equals("acl") ? "x-cos-acl" : name, value)));
        return Headers.of(headers);
    }
}
