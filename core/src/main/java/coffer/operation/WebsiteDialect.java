package coffer.operation;

import coffer.address.Address;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.identity.Caller;
import coffer.request.Handler;
import coffer.request.Protocol;
import java.util.Optional;

/**
 * How browsers speak to a bucket that is a website: they sign nothing, their parameters are those of the pages, and errors
 * are pages for people. Source: S3 docs, "Website endpoints".
 *
 * @param spoken by the clients of the same host's API, whose names of buckets and headers hold here too
 */
record WebsiteDialect(Dialect spoken) implements Dialect {
    @Override
    public HttpRequest understood(HttpRequest sent, Query query) {
        return sent;
    }

    @Override
    public Authenticated authenticate(HttpRequest sent, Address address, Query query) {
        return new Authenticated(new Caller.Anonymous(), sent.body());
    }

    @Override
    public HttpRequest understood(HttpRequest understood, Authenticated who) {
        return understood;
    }

    @Override
    public Optional<String> bucket(Address address, Caller caller) {
        return spoken.bucket(address, caller);
    }

    @Override
    public Optional<String> newBucket(Address address, Caller caller) {
        return spoken.newBucket(address, caller);
    }

    @Override
    public Protocol protocol() {
        return spoken.protocol();
    }

    @Override
    public int maxKeyBytes() {
        return spoken.maxKeyBytes();
    }

    @Override
    public boolean needsLength(Operation operation) {
        return false;
    }

    @Override
    public Handler handler(Operation operation) {
        return spoken.handler(operation);
    }

    @Override
    public CosResponse spoken(CosResponse answer) {
        return spoken.spoken(answer);
    }

    @Override
    public CosResponse error(CosException error, String resource, RequestIds ids, boolean head) {
        return ErrorHtml.of(error, protocol(), ids, head);
    }
}
