package coffer.operation;

import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import java.util.Optional;
import java.util.function.Supplier;

/** A request that needs no more looking into. */
final class FailedRequest implements Gateway.Prepared {
    private final RequestMeter meter;
    private final HttpRequest request;
    private final Dialect dialect;
    private final CosException why;
    private final Supplier<CosResponse> error;
    private final Optional<Supplier<Optional<RequestLog>>> log;
    private final long begunNanos = System.nanoTime();

    FailedRequest(
            RequestMeter meter,
            HttpRequest request,
            Dialect dialect,
            CosException why,
            Supplier<CosResponse> error,
            Optional<Supplier<Optional<RequestLog>>> log) {
        this.meter = meter;
        this.request = request;
        this.dialect = dialect;
        this.why = why;
        this.error = error;
        this.log = log;
    }

    @Override
    public boolean isBrief() {
        return true;
    }

    @Override
    public CosResponse answer() {
        return error.get();
    }

    @Override
    public void sent(int status, long bodyBytes) {
        long nanos = System.nanoTime() - begunNanos;
        meter.count(new RequestMeter.Answered(
                Optional.empty(),
                dialect.protocol(),
                status,
                Optional.of(why.error()),
                nanos,
                nanos,
                request.body().receivedBytes(),
                bodyBytes));
        log.ifPresent(found -> RequestLog.takeDown(found, status, bodyBytes));
    }
}
