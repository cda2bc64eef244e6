package coffer.operation;

import coffer.address.Address;
import coffer.address.ObjectKey;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.identity.Caller;
import coffer.request.Handler;
import coffer.request.Protocol;
import coffer.signature.CosAuthenticator;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The dialect whose words all others are put into. */
final class CosDialect implements Dialect {
    private final CosAuthenticator authenticator;
    private final Map<Operation, Handler> handlers;

    CosDialect(CosAuthenticator authenticator, Services services) {
        this.authenticator = authenticator;
        this.handlers = new EnumMap<>(Arrays.stream(Operation.values())
                .collect(Collectors.toMap(Function.identity(), row -> row.handler(services))));
    }

    @Override
    public HttpRequest understood(HttpRequest sent, Query query) {
        return sent;
    }

    @Override
    public Authenticated authenticate(HttpRequest sent, Address address, Query query) {
        return new Authenticated(authenticator.authenticate(sent, address, query), sent.body());
    }

    @Override
    public HttpRequest understood(HttpRequest understood, Authenticated who) {
        return understood;
    }

    @Override
    public Optional<String> bucket(Address address, Caller caller) {
        return address.bucket();
    }

    @Override
    public Optional<String> newBucket(Address address, Caller caller) {
        return address.bucket();
    }

    @Override
    public Protocol protocol() {
        return Protocol.COS;
    }

    @Override
    public int maxKeyBytes() {
        return ObjectKey.MAX_BYTES;
    }

    @Override
    public boolean needsLength(Operation operation) {
        return true;
    }

    @Override
    public Handler handler(Operation operation) {
        return Objects.requireNonNull(handlers.get(operation));
    }

    @Override
    public CosResponse spoken(CosResponse answer) {
        return answer;
    }

    @Override
    public CosResponse error(CosException error, String resource, RequestIds ids, boolean head) {
        return ErrorDocument.ofCos(error, resource, ids, head);
    }
}
