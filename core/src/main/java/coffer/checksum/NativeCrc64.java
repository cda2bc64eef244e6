package coffer.checksum;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The CRC-64 of the system's liblzma, which multiplies without carry and so is several times faster than any table. It is
 * there on about every Linux; where it is not, {@link Crc64} does without.
 */
final class NativeCrc64 {
    private static final Optional<MethodHandle> FUNCTION = find();

    private NativeCrc64() {}

    static boolean isThere() {
        return FUNCTION.isPresent();
    }

    /**
     * Continues a CRC.
     *
     * @param value the CRC of what came before, 0 for nothing
     */
    static long update(long value, MemorySegment bytes) {
        try {
            return (long) FUNCTION.orElseThrow().invokeExact(bytes, bytes.byteSize(), value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native function cannot throw", e);
        }
    }

    /** Critical: it takes arrays where they are in the heap, and a garbage collection waits for the call. */
    @SuppressWarnings("restricted") // the launcher allows native access
    private static Optional<MethodHandle> find() {
        try {
            Linker linker = Linker.nativeLinker();
            return SymbolLookup.libraryLookup("liblzma.so.5", Arena.global())
                    .find("lzma_crc64")
                    .map(function -> linker.downcallHandle(
                            function,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG),
                            Linker.Option.critical(true)));
        } catch (IllegalArgumentException | IllegalCallerException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
