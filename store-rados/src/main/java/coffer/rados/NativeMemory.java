package coffer.rados;

import java.lang.foreign.MemorySegment;

/**
 * Memory outside of the heap that is freed by hand. An arena that several threads share costs a handshake of all threads
 * when it is closed, too much for each read; what is allocated here is only ever seen inside of this package.
 */
final class NativeMemory {
    private NativeMemory() {}

    static MemorySegment allocate(long bytes) {
        try {
            MemorySegment memory = (MemorySegment) Librados.MALLOC.invokeExact(Math.max(bytes, 1));
            if (memory.address() == 0) {
                throw new OutOfMemoryError("no native memory is left");
            }
            return memory.reinterpret(bytes);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }

    static MemorySegment allocateZeroed(long bytes) {
        return allocate(bytes).fill((byte) 0);
    }

    static void free(MemorySegment memory) {
        try {
            Librados.FREE.invokeExact(memory);
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }
}
