package coffer.store.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random work on a disk that fails, is full and loses its power, compared with what must hold. A seed that fails is run
 * again by {@code ./coffer test -pl store-local -am -Dtest=FaultTest -Dcoffer.fault.seed=SEED}.
 */
class FaultTest {
    private static final int STEPS = 120;
    private static final int KEYS = 12;
    private static final int THREADS = 4;

    /** A batch that was not synced was replayed, and the index then knew more than the log. */
    private static final List<Long> FAILED_ONCE = List.of(34L, 62L, 70L, 72L);

    @TempDir
    private Path scratch;

    static LongStream seeds() {
        Long one = Long.getLong("coffer.fault.seed");
        return one != null
                ? LongStream.of(one)
                : LongStream.concat(
                        LongStream.range(0, Long.getLong("coffer.fault.seeds", 12)),
                        FAILED_ONCE.stream().mapToLong(Long::longValue));
    }

    /** One thread, so that a seed that failed fails again. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasAcknowledgedIsThereAndNothingElse(long seed) throws IOException {
        Random random = new Random(seed);
        FaultyStore store = new FaultyStore(Files.createDirectories(scratch.resolve("one")), seed);
        for (int step = 1; step <= STEPS; step++) {
            if (random.nextInt(15) == 0) {
                store.set(faults(random));
            }
            step(store, random, step);
        }
        store.set(FaultyDisk.Faults.NONE);
        store.verify();
    }

    private static void step(FaultyStore store, Random random, int number) throws IOException {
        String key = "k" + random.nextInt(KEYS);
        int choice = store.isStuck() && random.nextInt(4) == 0 ? 95 + random.nextInt(5) : random.nextInt(100);
        if (choice < 40) {
            store.put(key, small(random, number));
        } else if (choice < 52) {
            store.put(key, new FaultyStore.Value(number, length(random, 3_000_000), true));
        } else if (choice < 65) {
            store.delete(key);
        } else if (choice < 85) {
            store.read(key);
        } else if (choice < 92) {
            store.list();
        } else if (choice < 95) {
            store.collect();
        } else {
            if (choice < 98) {
                store.cut();
                store.startAfterCut(random.nextInt(3) / 2.0);
            } else {
                store.restart();
            }
            store.tryToOpen(faults(random));
            store.set(faults(random));
        }
    }

    private static FaultyDisk.Faults faults(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new FaultyDisk.Faults(0.03, 0.2, 0.02, false);
            case 1 -> new FaultyDisk.Faults(0, 0.5, 0.1, false);
            case 2 -> new FaultyDisk.Faults(0.3, 0, 0, false);
            case 3 -> new FaultyDisk.Faults(0, 0, 0, true);
            default -> FaultyDisk.Faults.NONE;
        };
    }

    private static FaultyStore.Value small(Random random, int number) {
        return new FaultyStore.Value(number, length(random, 100_000), false);
    }

    /** Short ones more often; at least 1. */
    private static int length(Random random, int most) {
        return 1 + random.nextInt(1 + random.nextInt(most));
    }

    /** Commits share syncs, and the power goes in the middle of them. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theSameWithManyThreads(long seed) throws IOException, InterruptedException, ExecutionException {
        Random random = new Random(seed);
        FaultyStore store = new FaultyStore(Files.createDirectories(scratch.resolve("many")), seed);
        for (int life = 0; life < 4; life++) {
            long end = System.nanoTime() + 20_000_000L + random.nextInt(60_000_000);
            List<Future<?>> work = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int thread = 0; thread < THREADS; thread++) {
                    String prefix = "t" + thread + "-";
                    Random own = new Random(random.nextLong());
                    int begun = life * 1_000_000;
                    work.add(threads.submit(() -> write(store, prefix, own, begun, end)));
                }
                if (life == 3) {
                    store.set(new FaultyDisk.Faults(0.01, 0.1, 0.05, false));
                }
                LockSupport.parkNanos(Math.max(0, end - System.nanoTime() - random.nextInt(20_000_000)));
                store.cut();
            }
            for (Future<?> one : work) {
                one.get();
            }
            store.startAfterCut(random.nextInt(3) / 2.0);
        }
        store.verify();
    }

    private static void write(FaultyStore store, String prefix, Random random, int begun, long end) {
        for (int i = 1; System.nanoTime() < end; i++) {
            String key = prefix + random.nextInt(KEYS);
            int choice = random.nextInt(10);
            if (choice < 6) {
                store.put(key, small(random, begun + i));
            } else if (choice < 7) {
                store.put(key, new FaultyStore.Value(begun + i, length(random, 1_000_000), true));
            } else if (choice < 8) {
                store.delete(key);
            } else {
                store.read(key);
            }
        }
    }
}
