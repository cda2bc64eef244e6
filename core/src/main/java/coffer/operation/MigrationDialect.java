package coffer.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.Address;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.ResponseBody;
import coffer.identity.Caller;
import coffer.request.Handler;
import coffer.request.Protocol;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * How clients of COS speak to the host that fetches from elsewhere: as ever, but for errors, which are JSON. Source: COS API
 * reference, "POST Async fetch"; its code of errors is any number but 0.
 */
record MigrationDialect(Dialect cos) implements Dialect {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public HttpRequest understood(HttpRequest sent, Query query) {
        return cos.understood(sent, query);
    }

    @Override
    public Authenticated authenticate(HttpRequest sent, Address address, Query query) {
        return cos.authenticate(sent, address, query);
    }

    @Override
    public HttpRequest understood(HttpRequest understood, Authenticated who) {
        return cos.understood(understood, who);
    }

    @Override
    public Optional<String> bucket(Address address, Caller caller) {
        return cos.bucket(address, caller);
    }

    @Override
    public Optional<String> newBucket(Address address, Caller caller) {
        return cos.newBucket(address, caller);
    }

    @Override
    public Protocol protocol() {
        return cos.protocol();
    }

    @Override
    public int maxKeyBytes() {
        return cos.maxKeyBytes();
    }

    @Override
    public boolean needsLength(Operation operation) {
        return cos.needsLength(operation);
    }

    @Override
    public Handler handler(Operation operation) {
        return cos.handler(operation);
    }

    @Override
    public CosResponse spoken(CosResponse answer) {
        return cos.spoken(answer);
    }

    @Override
    public CosResponse error(CosException error, String resource, RequestIds ids, boolean head) {
        String document = JSON.createObjectNode()
                .put("code", error.error().status())
                .put("message", error.error().code() + ": " + error.message())
                .put("request_id", ids.requestId())
                .toString();
        CosResponse response =
                CosResponse.of(error.error().status()).with("Content-Type", "application/json; charset=utf-8");
        return (head ? response : response.withBody(new ResponseBody.Bytes(document.getBytes(UTF_8))))
                .withAll(error.headers());
    }
}
