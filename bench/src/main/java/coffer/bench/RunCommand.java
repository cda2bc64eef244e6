package coffer.bench;

import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code coffer bench run}. */
@Command(
        name = "run",
        description = {
            "Drives a server and reports throughput and latencies, each as a share of its limit.",
            "Without --endpoint it starts a Coffer of its own. Every request is signed, every answer checked to its"
                    + " last byte."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = "Exit codes: 0 all answers were right, 1 some were not, 2 wrong options.")
final class RunCommand implements Callable<Integer> {
    private static final String NEEDED = "--endpoint needs --bucket, --secret-id and --secret-key.";

    @Option(
            names = "--work",
            split = ",",
            paramLabel = "WORK",
            description = "What to measure, in order: ${COMPLETION-CANDIDATES} (default: get,put).")
    private List<Workload> work = List.of(Workload.GET, Workload.PUT);

    @Option(
            names = "--size",
            split = ",",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "Sizes of objects, for instance 4KiB,64KiB,1MiB,8MiB,64MiB (default: 4KiB).")
    private List<Integer> sizes = List.of(4096);

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            description = "Connections, each one request at a time (default: 64).")
    private List<Integer> connections = List.of(64);

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Requests a second over all connections; latency counts from when each was due. Without it,"
                    + " each connection asks again as soon as it is answered.")
    private double rate;

    @Option(names = "--warm-up", paramLabel = "S", description = "Seconds before anything counts (default: 10).")
    private int warmUpSeconds = 10;

    @Option(names = "--duration", paramLabel = "S", description = "Seconds that count (default: 10).")
    private int seconds = 10;

    @Option(
            names = "--objects",
            paramLabel = "N",
            description = "Objects to work on (default: as many as make 256 MiB, 1000 at most).")
    private int objects;

    @Option(
            names = "--encrypt",
            paramLabel = "KIND",
            description = "How the bucket is to encrypt what is written, sse-cos or sse-kms (default: as it is).")
    private @Nullable Encrypt encrypt;

    @Option(names = "--threads", paramLabel = "N", description = "Event loops of the driver (default: 1).")
    private int threads = 1;

    @Option(names = "--endpoint", paramLabel = "URL", description = "The server, for instance http://127.0.0.1:9000.")
    private @Nullable URI endpoint;

    @Option(names = "--dialect", paramLabel = "D", description = "cos or s3: how to sign and address (default: cos).")
    private Target.Dialect dialect = Target.Dialect.COS;

    @Option(
            names = "--signature",
            paramLabel = "WHERE",
            description = "query or header: where each request has its signature (default: query).")
    private Target.SignatureIn signatureIn = Target.SignatureIn.QUERY;

    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            description = "A bucket that is there. What is about versions makes another beside it, versioned-NAME.")
    private @Nullable String bucket;

    @Option(names = "--region", paramLabel = "REGION", description = "Its region (default: ap-guangzhou).")
    private String region = "ap-guangzhou";

    @Option(
            names = "--secret-id",
            paramLabel = "ID",
            defaultValue = "${env:COFFER_SECRET_ID}",
            description = "The key (COFFER_SECRET_ID).")
    private @Nullable String secretId;

    @Option(
            names = "--secret-key",
            paramLabel = "KEY",
            defaultValue = "${env:COFFER_SECRET_KEY}",
            description = "Its secret (COFFER_SECRET_KEY).")
    private @Nullable String secretKey;

    @Option(names = "--pid", paramLabel = "PID", description = "The server's process, to report what it uses.")
    private long pid;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where a server of its own keeps its data (default: the current folder).")
    private Path dataDir = Path.of(".");

    @Option(names = "--tls", description = "Drive the server of its own by https.")
    private boolean tls;

    @Option(names = "--no-limits", description = "Do not measure the machine first.")
    private boolean noLimits;

    @Option(names = "--json", paramLabel = "FILE", description = "Write everything to a file, too.")
    private @Nullable Path json;

    @Override
    public Integer call() throws InterruptedException {
        Optional<Limits> limits = noLimits ? Optional.empty() : Optional.of(Limits.measure(dataDir));
        Report report = new Report(limits);
        report.begin();
        URI server = endpoint;
        if (server == null) {
            try (OwnServer own = OwnServer.start(Path.of(System.getProperty("coffer.launcher")), dataDir, tls)) {
                Function<String, Target> targets = made -> Target.cos(
                        own.endpoint(), made, region, OwnServer.SECRET_ID, OwnServer.SECRET_KEY, Instant.now());
                String name = "bench-" + OwnServer.APP_ID;
                create(targets.apply(name));
                runAll(targets, name, own.pid(), report);
            }
        } else if (bucket == null) {
            throw new IllegalArgumentException(NEEDED);
        } else {
            runAll(name -> target(server, name), bucket, pid, report);
        }
        if (json != null) {
            report.write(json);
        }
        return report.isClean() ? 0 : 1;
    }

    private Target target(URI server, String name) {
        if (secretId == null || secretKey == null) {
            throw new IllegalArgumentException(NEEDED);
        }
        return switch (dialect) {
            case COS -> Target.cos(server, name, region, secretId, secretKey, Instant.now());
            case S3 -> Target.s3(server, name, region, secretId, secretKey, Instant.now());
        };
    }

    private static void create(Target target) throws InterruptedException {
        LoadRun.once(target, 1, _ -> Shot.of(target.head("PUT", "", 0)));
    }

    private Target versioned(Target target) throws InterruptedException {
        create(target);
        byte[] document = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
                .getBytes(StandardCharsets.US_ASCII);
        SortedMap<String, String> query = new TreeMap<>(Map.of("versioning", ""));
        LoadRun.once(
                target,
                1,
                _ -> Shot.of(target.head("PUT", "", query, document.length)).with(Unpooled.wrappedBuffer(document)));
        return target.with(signatureIn);
    }

    private void runAll(Function<String, Target> targets, String name, long process, Report report)
            throws InterruptedException {
        Target plain = targets.apply(name).with(signatureIn);
        Target versioned =
                work.stream().anyMatch(Workload::isVersioned) ? versioned(targets.apply("versioned-" + name)) : plain;
        Encrypt wanted = encrypt;
        if (wanted != null) {
            LoadRun.once(plain, 1, _ -> wanted.shot(plain));
        }
        Map<Integer, Objects> made = new HashMap<>();
        for (int size : sizes) {
            for (Workload workload : work) {
                Target target = workload.isVersioned() ? versioned : plain;
                Objects shared = made.computeIfAbsent(size, this::objects);
                if (workload.needsPreparation()) {
                    LoadRun.once(target, shared.count(), object -> workload.preparation(target, shared, object));
                }
                for (int count : connections) {
                    report.add(measure(target, workload, shared, count, process));
                }
            }
        }
    }

    private Objects objects(int size) {
        long fitting = 256L * 1024 * 1024 / size;
        int count = objects > 0 ? objects : Math.clamp(fitting, 4, 1000);
        return new Objects(new Payload(size), count);
    }

    private Result measure(Target target, Workload workload, Objects shared, int count, long process)
            throws InterruptedException {
        LoadRun.Plan plan =
                new LoadRun.Plan(count, rate, Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(seconds), threads);
        List<ProcessUsage> usage = new ArrayList<>();
        LoadRun.Counted counted = new LoadRun(target, plan)
                .run(
                        connection -> workload.script(target, shared, connection),
                        () -> ProcessUsage.of(process).ifPresent(usage::add));
        Result result = Result.of(workload, shared.payload().sizeBytes(), plan, counted);
        return usage.size() == 2 ? result.with(usage.get(1).since(usage.get(0))) : result;
    }
}
