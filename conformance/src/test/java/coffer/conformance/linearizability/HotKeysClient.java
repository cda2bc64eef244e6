package coffer.conformance.linearizability;

import coffer.conformance.Account;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.linearizability.Action.Delete;
import coffer.conformance.linearizability.Action.Put;
import coffer.conformance.linearizability.Action.Read;
import coffer.conformance.linearizability.Action.Refusal;
import coffer.conformance.linearizability.Action.Replace;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A client that does this and that with a few keys, asking one server after the other, and records what it did and saw. A
 * content is an ETag, which is compared with the bytes each time. One thread uses it.
 */
final class HotKeysClient implements AutoCloseable {
    private static final List<String> KEYS =
            IntStream.range(0, 5).mapToObj(i -> "hot/" + i).toList();
    private static final long PAUSE_NANOS = 20_000_000;

    private final int number;
    private final List<InetSocketAddress> servers;
    private final String bucket;
    private final History history;
    private final Random random;
    private final Map<InetSocketAddress, RawConnection> connections = new HashMap<>();
    /** What this client has seen last of each key; by now it may be something else. */
    private final Map<String, String> lastSeen = new HashMap<>();

    private int turn;

    /**
     * @param number of the client, different from those of others
     * @param servers that hold the same objects
     * @param bucket whose keys nobody else uses
     */
    HotKeysClient(int number, List<InetSocketAddress> servers, String bucket, History history, Random random) {
        this.number = number;
        this.servers = List.copyOf(servers);
        this.bucket = bucket;
        this.history = history;
        this.random = random;
        this.turn = number;
    }

    /** Does one thing. */
    void step() {
        String key = KEYS.get(random.nextInt(KEYS.size()));
        switch (random.nextInt(10)) {
            case 0, 1 -> put(key);
            case 2, 3 -> replace(key);
            case 4 -> delete(key);
            case 5, 6, 7 -> get(key);
            default -> list();
        }
    }

    /** Reads all keys. */
    void readAll() {
        KEYS.forEach(this::get);
    }

    private void put(String key) {
        byte[] body = body();
        change(key, new Put(md5(body)), to("PUT", "/" + key).body(body)).ifPresent(answer -> {
            requireStatus(answer, 200);
            requireEqual(etag(answer.header("ETag").orElseThrow()), md5(body));
        });
    }

    /** Creates, or replaces what this client has seen last. */
    private void replace(String key) {
        byte[] body = body();
        String expected = lastSeen.getOrDefault(key, Action.ABSENT);
        RawRequest request = to("PUT", "/" + key).body(body);
        if (expected.equals(Action.ABSENT)) {
            request.header("x-cos-forbid-overwrite", "true");
        } else {
            request.header("If-Match", '"' + expected + '"');
        }
        change(key, new Replace(expected, md5(body)), request).ifPresent(answer -> requireStatus(answer, 200));
    }

    private void delete(String key) {
        change(key, new Delete(), to("DELETE", "/" + key)).ifPresent(answer -> requireStatus(answer, 204));
    }

    private void get(String key) {
        long called = System.nanoTime();
        exchange(to("GET", "/" + key)).answer().ifPresent(answer -> {
            String found = Action.ABSENT;
            if (!isNoSuchKey(answer)) {
                requireStatus(answer, 200);
                found = etag(answer.header("ETag").orElseThrow());
                requireEqual(md5(answer.body()), found);
            }
            saw(key, found, called, System.nanoTime());
        });
    }

    /** A page of any size from anywhere. */
    private void list() {
        String marker = random.nextBoolean() ? "" : KEYS.get(random.nextInt(KEYS.size()));
        int size = 1 + random.nextInt(KEYS.size());
        long called = System.nanoTime();
        exchange(to("GET", "/?prefix=hot/&marker=" + marker + "&max-keys=" + size))
                .answer()
                .ifPresent(answer -> {
                    long returned = System.nanoTime();
                    requireStatus(answer, 200);
                    page(marker, answer).contents(KEYS).forEach((key, found) -> saw(key, found, called, returned));
                });
    }

    private static ListingPage page(String marker, RawResponse answer) {
        List<String> keys = answer.elements("Key");
        List<String> etags = answer.elements("ETag");
        SortedMap<String, String> found = new TreeMap<>();
        for (int i = 0; i < keys.size(); i++) {
            found.put(keys.get(i), etag(etags.get(i)));
        }
        return new ListingPage(marker, found, answer.element("IsTruncated").equals("true"));
    }

    private void saw(String key, String found, long called, long returned) {
        lastSeen.put(key, found);
        history.add(new Operation(number, key, new Read(found), called, returned));
    }

    /** Hands back the answer if it says that the change took place. */
    private Optional<RawResponse> change(String key, Action action, RawRequest request) {
        long called = System.nanoTime();
        Outcome outcome = exchange(request);
        if (!outcome.wasSent()) {
            return Optional.empty();
        }
        boolean isRefused = action instanceof Replace
                && outcome.answer()
                        .filter(answer -> answer.status() == 409 || answer.status() == 412)
                        .isPresent();
        if (isRefused) {
            Action refusal = new Refusal(((Replace) action).expected());
            history.add(new Operation(number, key, refusal, called, System.nanoTime()));
            return Optional.empty();
        }
        long returned = outcome.answer().isPresent() ? System.nanoTime() : Operation.NEVER;
        history.add(new Operation(number, key, action, called, returned));
        return outcome.answer();
    }

    /**
     * What became of a request.
     *
     * @param answer absent if nobody knows what was done
     */
    private record Outcome(boolean wasSent, Optional<RawResponse> answer) {}

    private Outcome exchange(RawRequest request) {
        InetSocketAddress server = servers.get(turn++ % servers.size());
        RawConnection connection;
        try {
            connection = connections.computeIfAbsent(server, RawConnection::open);
        } catch (UncheckedIOException unreachable) {
            LockSupport.parkNanos(PAUSE_NANOS);
            return new Outcome(false, Optional.empty());
        }
        try {
            RawResponse answer = connection.exchange(request.signed());
            if (answer.header("Connection").filter("close"::equalsIgnoreCase).isPresent()) {
                forget(server);
            }
            if (answer.status() < 500) {
                return new Outcome(true, Optional.of(answer));
            }
        } catch (UncheckedIOException hungUp) {
            forget(server);
        }
        return new Outcome(true, Optional.empty());
    }

    private void forget(InetSocketAddress server) {
        Optional.ofNullable(connections.remove(server)).ifPresent(RawConnection::close);
    }

    private RawRequest to(String method, String target) {
        return RawRequest.to(method, Account.host(bucket), target);
    }

    /** Different each time. Engines keep short, middle and long ones in different ways. */
    private byte[] body() {
        int size = switch (random.nextInt(40)) {
            case 0 -> 5_000_000;
            case 1, 2, 3 -> 600_000;
            case 4, 5, 6, 7, 8, 9 -> 20_000;
            default -> 200;
        };
        return Scratch.bytes(size, random.nextLong());
    }

    private static String etag(String quoted) {
        return quoted.replace("\"", "");
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isNoSuchKey(RawResponse answer) {
        return answer.status() == 404 && answer.errorCode().equals("NoSuchKey");
    }

    private static void requireStatus(RawResponse answer, int status) {
        if (answer.status() != status) {
            throw new AssertionError("answered " + answer.status() + ": " + answer.text());
        }
    }

    private static void requireEqual(String found, String expected) {
        if (!found.equals(expected)) {
            throw new AssertionError("the bytes have the MD5 " + found + ", the ETag is " + expected);
        }
    }

    @Override
    public void close() {
        connections.values().forEach(RawConnection::close);
    }
}
