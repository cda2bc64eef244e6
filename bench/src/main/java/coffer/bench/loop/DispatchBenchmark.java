package coffer.bench.loop;

import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import coffer.monitoring.ServerMetrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private final Stage governed = new Stage();
    private final Stage measured = new Stage(new ServerMetrics().requests());
    private final HttpRequest put = stage.presigned("PUT", "/photos/cat.jpg", new TreeMap<>(), body);
    private final HttpRequest get = stage.presigned("GET", "/photos/cat.jpg", new TreeMap<>(), new byte[0]);
    private final HttpRequest head = stage.presigned("HEAD", "/photos/cat.jpg", new TreeMap<>(), new byte[0]);
    private final HttpRequest anonymous = Stage.anonymous("GET", "/photos/cat.jpg");
    private final HttpRequest list = stage.presigned("GET", "/", new TreeMap<>(), new byte[0]);

    @Setup
    public void fill() {
        put4k();
        Stage.require(200, governed.answer(Stage.again(put, body)));
        Stage.require(200, measured.answer(Stage.again(put, body)));
        Stage.require(
                204,
                governed.answer(governed.presigned(
                        "PUT", "/", new TreeMap<>(Map.of("policy", "")), policy().getBytes(StandardCharsets.UTF_8))));
        for (int i = 0; i < 1000; i++) {
            Stage.require(
                    200, stage.answer(stage.presigned("PUT", "/o/%08d".formatted(i), new TreeMap<>(), new byte[1])));
        }
    }

    private static String policy() {
        String resource = "qcs::cos:ap-guangzhou:uid/1250000000:" + Stage.BUCKET + "/";
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            statements.add(statement("deny", "name/cos:*", resource + "*", """
                    {"ip_equal":{"qcs:ip":["10.%d.0.0/16","192.168.%d.0/24"]}}""".formatted(i, i)));
            statements.add(
                    statement("allow", "name/cos:Get*", resource + (i < 4 ? "other" + i + "/*" : "photos/*"), "{}"));
        }
        return "{\"version\":\"2.0\",\"statement\":[" + String.join(",", statements) + "]}";
    }

    private static String statement(String effect, String action, String resource, String condition) {
        return """
                {"effect":"%s","principal":"*","action":"%s","resource":"%s","condition":%s}""".formatted(effect, action, resource, condition);
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

    /** As {@link #head}, counted for the metrics. */
    @Benchmark
    public CosResponse headMeasured() {
        return Stage.require(200, measured.answer(head));
    }

    /** The bucket has a policy of ten statements, half of them denials, none about the owner. */
    @Benchmark
    public CosResponse get4kUnderAPolicy() {
        return Stage.require(200, governed.answer(get));
    }

    /** Nobody signed it; the last of the ten statements allows it. */
    @Benchmark
    public CosResponse getAnonymouslyUnderAPolicy() {
        return Stage.require(200, governed.answer(anonymous));
    }

    @Benchmark
    public CosResponse list1000() {
        return Stage.require(200, stage.answer(list));
    }
}
