package coffer.rados;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Operations under way. One native stub serves all; what it is given is a number, not a pointer, so that a callback that
 * comes late finds nothing rather than freed memory.
 */
final class Completions {
    /** Told once, on a thread of librados: must neither block nor throw. */
    @FunctionalInterface
    interface Listener {
        void completed(int result, long version);
    }

    private static final Map<Long, Listener> PENDING = new ConcurrentHashMap<>();
    private static final AtomicLong LAST = new AtomicLong();
    private static final MemorySegment CALLBACK = callback();

    private Completions() {}

    private static MemorySegment callback() {
        try {
            return Librados.callback(
                    MethodHandles.lookup()
                            .findStatic(
                                    Completions.class,
                                    "completed",
                                    MethodType.methodType(void.class, MemorySegment.class, MemorySegment.class)),
                    FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the callback is not there", e);
        }
    }

    /** A native completion that tells the listener and frees itself. */
    static MemorySegment create(Listener listener) {
        long id = LAST.incrementAndGet();
        PENDING.put(id, listener);
        MemorySegment place = NativeMemory.allocate(ADDRESS.byteSize());
        try {
            int result = (int) Librados.AIO_CREATE.invokeExact(MemorySegment.ofAddress(id), CALLBACK, place);
            if (result < 0) {
                throw new RadosException(result, "no completion could be made");
            }
            return place.get(ADDRESS, 0);
        } catch (RuntimeException e) {
            PENDING.remove(id);
            throw e;
        } catch (Throwable e) {
            PENDING.remove(id);
            throw Librados.unexpected(e);
        } finally {
            NativeMemory.free(place);
        }
    }

    @SuppressWarnings("unused") // called by librados
    private static void completed(MemorySegment completion, MemorySegment argument) {
        try {
            int result = (int) Librados.AIO_RESULT.invokeExact(completion);
            long version = (long) Librados.AIO_VERSION.invokeExact(completion);
            Librados.AIO_RELEASE.invokeExact(completion);
            Listener listener = PENDING.remove(argument.address());
            if (listener != null) {
                listener.completed(result, version);
            }
        } catch (Throwable e) {
            // Whatever leaves an upcall ends the process.
            Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
        }
    }
}
