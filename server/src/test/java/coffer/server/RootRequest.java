package coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.Address;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.identity.AccessKey;
import coffer.identity.Caller;
import coffer.identity.SignedParts;
import coffer.object.PieceBody;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Protocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request by the root user of a bucket's account, as a handler gets it. */
record RootRequest(String method, Bucket bucket, String key, String query, Map<String, String> headers, String body) {
    /** An answer without its headers: the status with the error's code, or with what was read. */
    record Outcome(String status, CosResponse answer, String text) {
        Optional<String> header(String name) {
            return answer.header(name);
        }
    }

    RootRequest(String method, Bucket bucket, String key) {
        this(method, bucket, key, "", Map.of(), "");
    }

    RootRequest query(String next) {
        return new RootRequest(method, bucket, key, next, headers, body);
    }

    RootRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new RootRequest(method, bucket, key, query, more, body);
    }

    RootRequest body(String text) {
        return new RootRequest(method, bucket, key, query, headers, text);
    }

    CosRequest request() {
        List<Headers.Header> lines = new ArrayList<>();
        headers.forEach((name, value) -> lines.add(new Headers.Header(name, value)));
        Address address =
                new Address(Address.Kind.BUCKET, Optional.of(bucket.name()), Optional.empty(), "host", "/" + key, key);
        HttpRequest http = new HttpRequest(
                method, "/", Headers.of(lines), StoreFixture.body(body.getBytes(UTF_8)), "127.0.0.1", Optional.empty());
        Caller root = Caller.Signed.with(new AccessKey("root", "secret", StoreFixture.ACCOUNT), SignedParts.OF_FORM);
        return new CosRequest(http, address, Query.parse(query), root, "request", Protocol.COS, address.bucket());
    }

    /** What a handler answers, read to its end. */
    Outcome sentTo(Handler handler) {
        try {
            CosResponse answer = handler.handle(request());
            return new Outcome(Integer.toString(answer.status()), answer, text(answer.body()));
        } catch (CosException e) {
            return new Outcome(
                    e.error().status() + " " + e.error().code(),
                    CosResponse.of(e.error().status()),
                    "");
        }
    }

    private static String text(ResponseBody body) {
        return switch (body) {
            case ResponseBody.Stored(ResponseBody.Pieces pieces) -> text(pieces);
            case ResponseBody.Bytes(byte[] bytes) -> new String(bytes, UTF_8);
            case ResponseBody.None _ -> "";
            case ResponseBody.Streamed _ -> throw new AssertionError("not read here");
        };
    }

    private static String text(ResponseBody.Pieces pieces) {
        ByteBuffer bytes = ByteBuffer.allocate((int) pieces.lengthBytes() + 1);
        try (PieceBody body = new PieceBody(pieces)) {
            while (body.read(bytes) >= 0) {
                // on to the end
            }
        }
        return UTF_8.decode(bytes.flip()).toString();
    }
}
