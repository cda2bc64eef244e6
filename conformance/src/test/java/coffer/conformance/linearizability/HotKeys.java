package coffer.conformance.linearizability;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Some clients at once on the same few keys of a bucket.
 *
 * @param servers that hold the same objects; each client asks them in turn
 * @param bucket that nobody else uses
 * @param seed of what the clients do; not of when
 */
record HotKeys(List<InetSocketAddress> servers, String bucket, long seed) {
    private static final int CLIENTS = 8;

    HotKeys {
        servers = List.copyOf(servers);
    }

    /** What is done to the servers meanwhile; the clients go on until it returns. */
    @FunctionalInterface
    interface Meanwhile {
        void run(History history) throws Exception;
    }

    /**
     * Has the clients work, and all keys read when they have ended.
     *
     * @throws Exception what the servers were done with threw
     * @throws ExecutionException around what a client has met that cannot be
     */
    History run(Meanwhile meanwhile) throws Exception {
        Random random = new Random(seed);
        History history = new History();
        AtomicBoolean isOver = new AtomicBoolean();
        List<Future<?>> work = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                Random own = new Random(random.nextLong());
                work.add(threads.submit(() -> {
                    try (HotKeysClient client = new HotKeysClient(number, servers, bucket, history, own)) {
                        while (!isOver.get()) {
                            client.step();
                        }
                    }
                }));
            }
            try {
                meanwhile.run(history);
            } finally {
                isOver.set(true);
            }
        }
        for (Future<?> one : work) {
            one.get();
        }
        try (HotKeysClient last = new HotKeysClient(CLIENTS, servers, bucket, history, random)) {
            last.readAll();
        }
        return history;
    }
}
