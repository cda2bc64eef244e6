package coffer.operation;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.RequestBody;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a request is addressed to, and which operation it is: the first row that is looked at, and a late one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RouterBenchmark {
    private final AddressParser addresses = new AddressParser(List.of(), List.of("ap-guangzhou"));
    private final Router router = new Router();
    private final HttpRequest part = request("PUT", "/photos/cat.jpg?partNumber=7&uploadId=0123456789abcdef");
    private final HttpRequest get = request(
            "GET",
            "/photos/cat.jpg?q-sign-algorithm=sha1&q-ak=AKIDbenchmark&q-sign-time=1769990400%3B1770076800"
                    + "&q-key-time=1769990400%3B1770076800&q-header-list=host&q-url-param-list="
                    + "&q-signature=0123456789012345678901234567890123456789");

    private static HttpRequest request(String method, String target) {
        return new HttpRequest(
                method,
                target,
                Headers.of("Host", "bench-1250000000.cos.ap-guangzhou.myqcloud.com"),
                RequestBody.EMPTY,
                "127.0.0.1",
                Optional.empty());
    }

    @Benchmark
    public Operation uploadPart() {
        return find(part);
    }

    @Benchmark
    public Operation presignedGet() {
        return find(get);
    }

    private Operation find(HttpRequest request) {
        Address address = addresses.parse(request);
        Query query = Query.parse(AddressParser.rawQuery(request));
        return router.find(request, Route.Scope.of(address), query);
    }
}
