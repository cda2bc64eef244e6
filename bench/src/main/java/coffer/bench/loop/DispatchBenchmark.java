package coffer.bench.loop;

import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A whole request but for the socket and the disk: address, route, signature, rights, handler, answer as a value. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DispatchBenchmark {
    private final byte[] body = new byte[4096];
    private final Stage stage = new Stage();
    private final HttpRequest put = stage.presigned("PUT", "/photos/cat.jpg", new TreeMap<>(), body);
    private final HttpRequest get = stage.presigned("GET", "/photos/cat.jpg", new TreeMap<>(), new byte[0]);
    private final HttpRequest head = stage.presigned("HEAD", "/photos/cat.jpg", new TreeMap<>(), new byte[0]);
    private final HttpRequest list = stage.presigned("GET", "/", new TreeMap<>(), new byte[0]);

    @Setup
    public void fill() {
        put4k();
        for (int i = 0; i < 1000; i++) {
            Stage.require(
                    200, stage.answer(stage.presigned("PUT", "/o/%08d".formatted(i), new TreeMap<>(), new byte[1])));
        }
    }

    @Benchmark
    public CosResponse put4k() {
        return Stage.require(200, stage.answer(Stage.again(put, body)));
    }

    @Benchmark
    public CosResponse get4k() {
        return Stage.require(200, stage.answer(get));
    }

    @Benchmark
    public CosResponse head() {
        return Stage.require(200, stage.answer(head));
    }

    @Benchmark
    public CosResponse list1000() {
        return Stage.require(200, stage.answer(list));
    }
}
