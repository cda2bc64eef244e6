package coffer.rados;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One name space of one pool. Thread-safe. Calls that wait block a virtual thread only, never its carrier; how long is
 * bounded by the time-outs of the connection.
 */
public class Pool implements AutoCloseable {
    /** Whatever finds the pool full is refused; without it librados would hold it back until there is space. */
    private static final int FULL_TRY = 64;

    private static final byte MAY_RENEW = 1;

    private final String name;
    private final MemorySegment context;

    Pool(String name, MemorySegment context) {
        this.name = name;
        this.context = context;
    }

    /** The pool's name. */
    public String name() {
        return name;
    }

    MemorySegment context() {
        return context;
    }

    /**
     * A write under way.
     *
     * @param outcome not negative if it happened; else why not, see {@link Errno}. Never completes exceptionally
     */
    public record Writing(CompletableFuture<Integer> outcome) {
        /** Waits for the outcome. */
        public int await() {
            return outcome.join();
        }
    }

    /** Writes and waits; see {@link Writing}. */
    public int write(String object, WriteOp op) {
        return submit(object, op).await();
    }

    /** Starts a write. */
    public Writing submit(String object, WriteOp op) {
        CompletableFuture<Integer> outcome = new CompletableFuture<>();
        try {
            MemorySegment nativeOp = (MemorySegment) Librados.WRITE_OP.invokeExact();
            // The answer may come before the submitting call has returned: whoever is last frees.
            AtomicInteger users = new AtomicInteger(2);
            Runnable leave = () -> {
                if (users.decrementAndGet() == 0) {
                    release(Librados.WRITE_OP_RELEASE, nativeOp);
                }
            };
            int submitted = Errno.ECANCELED;
            try (Arena arena = Arena.ofConfined()) {
                op.addTo(nativeOp);
                MemorySegment completion = Completions.create((result, _) -> {
                    leave.run();
                    outcome.complete(result);
                });
                submitted = (int) Librados.AIO_WRITE.invokeExact(
                        nativeOp, context, completion, arena.allocateFrom(object), MemorySegment.NULL, FULL_TRY);
            } finally {
                leave.run();
            }
            if (submitted < 0) {
                outcome.complete(submitted);
            }
            return new Writing(outcome);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }

    /** A read under way, whose result must be taken. */
    public final class Reading {
        private final List<ReadOp.Look> looks;
        private final List<MemorySegment> answers = new ArrayList<>();
        private final CompletableFuture<Integer> done = new CompletableFuture<>();
        private volatile long version;

        private Reading(String object, ReadOp op) throws Throwable {
            looks = op.looks();
            MemorySegment nativeOp = (MemorySegment) Librados.READ_OP.invokeExact();
            AtomicInteger users = new AtomicInteger(2);
            Runnable leave = () -> {
                if (users.decrementAndGet() == 0) {
                    release(Librados.READ_OP_RELEASE, nativeOp);
                }
            };
            int submitted = Errno.ECANCELED;
            try (Arena arena = Arena.ofConfined()) {
                for (ReadOp.Look look : looks) {
                    MemorySegment answer = NativeMemory.allocate(look.answerBytes());
                    answer.asSlice(0, Math.min(16, answer.byteSize())).fill((byte) 0);
                    answers.add(answer);
                    look.addTo(nativeOp, arena, answer);
                }
                MemorySegment completion = Completions.create((result, seen) -> {
                    leave.run();
                    version = seen;
                    done.complete(result);
                });
                submitted = (int)
                        Librados.AIO_READ.invokeExact(nativeOp, context, completion, arena.allocateFrom(object), 0);
            } finally {
                leave.run();
            }
            if (submitted < 0) {
                done.complete(submitted);
            }
        }

        /**
         * Gives the result up, instead of taking it; does not wait.
         *
         * @param then run once the read is over, perhaps on a thread of librados; must neither block nor throw
         */
        public void abandon(Runnable then) {
            CompletableFuture<Void> _ = done.thenAccept(_ -> {
                ReadResult _ = take();
                then.run();
            });
        }

        /** Waits for the result. Call it exactly once: it frees what the read holds. */
        public ReadResult take() {
            int result;
            try {
                result = done.join();
            } catch (CompletionException e) {
                throw new AssertionError(e);
            }
            try {
                List<Object> found = new ArrayList<>(looks.size());
                for (int i = 0; i < looks.size(); i++) {
                    found.add(looks.get(i).take(answers.get(i), result >= 0));
                }
                return new ReadResult(result, version, found);
            } catch (Throwable e) {
                throw Librados.unexpected(e);
            } finally {
                answers.forEach(NativeMemory::free);
            }
        }
    }

    /** Reads and waits. */
    public ReadResult read(String object, ReadOp op) {
        return start(object, op).take();
    }

    /** Starts a read. */
    public Reading start(String object, ReadOp op) {
        try {
            return new Reading(object, op);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }

    /**
     * Takes a lock that no other client can have at the same time, or has it last longer. It is made with its object, which
     * may be in an erasure-coded pool. Blocks the thread it is called on.
     *
     * @param cookie tells apart several who lock through one connection
     * @param duration after which the lock is gone unless it is renewed
     * @return whether this client has it
     * @throws RadosException if nobody can say
     */
    public boolean lock(String object, String lock, String cookie, Duration duration) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(JAVA_LONG, 2);
            time.setAtIndex(JAVA_LONG, 0, duration.toSeconds());
            time.setAtIndex(JAVA_LONG, 1, duration.toMillisPart() * 1000L);
            int result = (int) Librados.LOCK_EXCLUSIVE.invokeExact(
                    context,
                    arena.allocateFrom(object),
                    arena.allocateFrom(lock),
                    arena.allocateFrom(cookie),
                    arena.allocateFrom(""),
                    time,
                    MAY_RENEW);
            if (result == Errno.EBUSY || result == Errno.EEXIST) {
                return false;
            }
            check(result, "the lock " + lock + " of " + object + " cannot be had");
            return true;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }

    /** Gives a lock back; no error if this client does not have it. Blocks the thread it is called on. */
    public void unlock(String object, String lock, String cookie) {
        try (Arena arena = Arena.ofConfined()) {
            int result = (int) Librados.UNLOCK.invokeExact(
                    context, arena.allocateFrom(object), arena.allocateFrom(lock), arena.allocateFrom(cookie));
            if (result != Errno.ENOENT) {
                check(result, "the lock " + lock + " of " + object + " cannot be given back");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }

    /** Names all objects, in no order. Blocks the thread it is called on. */
    public void list(Consumer<String> objects) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(ADDRESS);
            check(
                    (int) Librados.LIST_OPEN.invokeExact(context, place),
                    "the objects of pool " + name + " cannot be listed");
            MemorySegment list = place.get(ADDRESS, 0);
            try {
                int result = (int) Librados.LIST_NEXT.invokeExact(list, place, MemorySegment.NULL, MemorySegment.NULL);
                while (result >= 0) {
                    objects.accept(
                            place.get(ADDRESS, 0).reinterpret(Long.MAX_VALUE).getString(0));
                    result = (int) Librados.LIST_NEXT.invokeExact(list, place, MemorySegment.NULL, MemorySegment.NULL);
                }
                if (result != Errno.ENOENT) {
                    check(result, "the objects of pool " + name + " cannot be listed");
                }
            } finally {
                Librados.LIST_CLOSE.invokeExact(list);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }

    static void check(int result, String failure) {
        if (result < 0) {
            throw new RadosException(result, failure);
        }
    }

    private static void release(java.lang.invoke.MethodHandle how, MemorySegment op) {
        try {
            how.invokeExact(op);
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }

    @Override
    public void close() {
        try {
            Librados.IOCTX_DESTROY.invokeExact(context);
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }
}
