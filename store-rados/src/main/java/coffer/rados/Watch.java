package coffer.rados;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Listens to what other clients say about an object. Whoever says something waits until all who listen have heard it, or
 * for so long that they must have noticed that they no longer listen. Thread-safe.
 */
public final class Watch implements AutoCloseable {
    private static final Map<Long, Watch> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong LAST = new AtomicLong();
    private static final MemorySegment HEARD = callback(
            "heard",
            MethodType.methodType(
                    void.class,
                    MemorySegment.class,
                    long.class,
                    long.class,
                    long.class,
                    MemorySegment.class,
                    long.class),
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG));
    private static final MemorySegment FAILED = callback(
            "failed",
            MethodType.methodType(void.class, MemorySegment.class, long.class, int.class),
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_INT));

    private final Pool pool;
    private final String object;
    private final Consumer<byte[]> listener;
    private final long id = LAST.incrementAndGet();
    private final long handle;
    private volatile boolean lost;

    private static MemorySegment callback(String name, MethodType type, FunctionDescriptor descriptor) {
        try {
            return Librados.callback(MethodHandles.lookup().findStatic(Watch.class, name, type), descriptor);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a callback is not there", e);
        }
    }

    /**
     * Begins to listen. Blocks the thread it is called on.
     *
     * @param object which must be there
     * @param listener is told on a thread of librados: must neither block nor throw
     * @param timeout after which a client that does not answer no longer counts as listening
     * @throws RadosException if it is not possible
     */
    public Watch(Pool pool, String object, Consumer<byte[]> listener, Duration timeout) {
        this.pool = pool;
        this.object = object;
        this.listener = listener;
        OPEN.put(id, this);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(JAVA_LONG);
            Pool.check(
                    (int) Librados.WATCH.invokeExact(
                            pool.context(),
                            arena.allocateFrom(object),
                            place,
                            HEARD,
                            FAILED,
                            (int) timeout.toSeconds(),
                            MemorySegment.ofAddress(id)),
                    "the object " + object + " cannot be watched");
            handle = place.get(JAVA_LONG, 0);
        } catch (RuntimeException | Error e) {
            OPEN.remove(id);
            throw e;
        } catch (Throwable e) {
            OPEN.remove(id);
            throw Librados.unexpected(e);
        }
    }

    /** How long ago the cluster last confirmed that this client is told of everything; empty if it no longer is. */
    public Optional<Duration> confirmed() {
        try {
            int age = lost ? Errno.ENOENT : (int) Librados.WATCH_CHECK.invokeExact(pool.context(), handle);
            return age < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(age));
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }

    /**
     * Says something to all who listen to an object, also to this client, and waits until they have heard it.
     *
     * @param timeout for how long it is waited at most
     * @return not negative if all have heard it, else see {@link Errno}
     */
    public static int tell(Pool pool, String object, byte[] message, Duration timeout) {
        CompletableFuture<Integer> outcome = new CompletableFuture<>();
        MemorySegment reply = NativeMemory.allocateZeroed(2 * ADDRESS.byteSize());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment completion = Completions.create((result, _) -> outcome.complete(result));
            int submitted = (int) Librados.AIO_NOTIFY.invokeExact(
                    pool.context(),
                    arena.allocateFrom(object),
                    completion,
                    WriteOp.segment(arena, message),
                    message.length,
                    timeout.toMillis(),
                    reply,
                    reply.asSlice(ADDRESS.byteSize()));
            if (submitted < 0) {
                return submitted;
            }
            int result = outcome.join();
            MemorySegment said = reply.get(ADDRESS, 0);
            if (said.address() != 0) {
                Librados.BUFFER_FREE.invokeExact(said);
            }
            return result;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        } finally {
            NativeMemory.free(reply);
        }
    }

    @SuppressWarnings("unused") // called by librados
    private static void heard(
            MemorySegment argument, long notification, long handle, long from, MemorySegment data, long length) {
        Watch watch = OPEN.get(argument.address());
        if (watch == null) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            watch.listener.accept(
                    length == 0 ? new byte[0] : data.reinterpret(length).toArray(JAVA_BYTE));
            int _ = (int) Librados.NOTIFY_ACK.invokeExact(
                    watch.pool.context(),
                    arena.allocateFrom(watch.object),
                    notification,
                    handle,
                    MemorySegment.NULL,
                    0);
        } catch (Throwable e) {
            Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
        }
    }

    @SuppressWarnings("unused") // called by librados
    private static void failed(MemorySegment argument, long handle, int error) {
        Watch watch = OPEN.get(argument.address());
        if (watch != null) {
            watch.lost = true;
        }
    }

    /** Stops listening. Blocks the thread it is called on. */
    @Override
    public void close() {
        try {
            int _ = (int) Librados.UNWATCH.invokeExact(pool.context(), handle);
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        } finally {
            OPEN.remove(id);
        }
    }
}
