package coffer.bench.loop;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.identity.Caller;
import coffer.signature.CosAuthenticator;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Who sent a request. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SignatureBenchmark {
    private final CosAuthenticator authenticator = Stage.authenticator();
    private final HttpRequest inQuery = new Stage().presigned("GET", "/photos/cat.jpg", new TreeMap<>(), new byte[0]);
    private final HttpRequest inHeader = new Stage().signed("GET", "/photos/cat.jpg");
    private final Address address = Stage.addresses().parse(inQuery);
    private final Query query = Query.parse(AddressParser.rawQuery(inQuery));

    @Benchmark
    public Caller query() {
        return authenticator.authenticate(inQuery, address, query);
    }

    @Benchmark
    public Caller header() {
        return authenticator.authenticate(inHeader, address, Query.NONE);
    }
}
