package coffer.rados;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of {@code librados.so.2} that are used, as {@code librados.h} declares them. A pointer, a {@code size_t}
 * and a {@code uint64_t} have 64 bits: this is for 64-bit machines.
 */
final class Librados {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = load();

    static final MethodHandle CREATE = returningInt("rados_create2", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    static final MethodHandle CONF_READ_FILE = returningInt("rados_conf_read_file", ADDRESS, ADDRESS);
    static final MethodHandle CONF_SET = returningInt("rados_conf_set", ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle CONNECT = returningInt("rados_connect", ADDRESS);
    static final MethodHandle SHUTDOWN = returningNothing("rados_shutdown", ADDRESS);
    static final MethodHandle MON_COMMAND = returningInt(
            "rados_mon_command", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle BUFFER_FREE = returningNothing("rados_buffer_free", ADDRESS);

    static final MethodHandle IOCTX_CREATE = returningInt("rados_ioctx_create", ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle IOCTX_DESTROY = returningNothing("rados_ioctx_destroy", ADDRESS);
    static final MethodHandle IOCTX_SET_NAMESPACE = returningNothing("rados_ioctx_set_namespace", ADDRESS, ADDRESS);

    static final MethodHandle AIO_CREATE = returningInt("rados_aio_create_completion2", ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle AIO_RESULT = returningInt("rados_aio_get_return_value", ADDRESS);
    static final MethodHandle AIO_VERSION = returningLong("rados_aio_get_version", ADDRESS);
    static final MethodHandle AIO_RELEASE = returningNothing("rados_aio_release", ADDRESS);
    static final MethodHandle AIO_WRITE =
            returningInt("rados_aio_write_op_operate", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);
    static final MethodHandle AIO_READ =
            returningInt("rados_aio_read_op_operate", ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT);

    static final MethodHandle WRITE_OP = handle(FunctionDescriptor.of(ADDRESS), "rados_create_write_op");
    static final MethodHandle WRITE_OP_RELEASE = returningNothing("rados_release_write_op", ADDRESS);
    static final MethodHandle WRITE_ASSERT_EXISTS = returningNothing("rados_write_op_assert_exists", ADDRESS);
    static final MethodHandle WRITE_ASSERT_VERSION =
            returningNothing("rados_write_op_assert_version", ADDRESS, JAVA_LONG);
    static final MethodHandle WRITE_CREATE = returningNothing("rados_write_op_create", ADDRESS, JAVA_INT, ADDRESS);
    static final MethodHandle WRITE_REMOVE = returningNothing("rados_write_op_remove", ADDRESS);
    static final MethodHandle WRITE_OMAP_COMPARE = returningNothing(
            "rados_write_op_omap_cmp2", ADDRESS, ADDRESS, JAVA_BYTE, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS);
    static final MethodHandle WRITE_OMAP_SET =
            returningNothing("rados_write_op_omap_set2", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    static final MethodHandle WRITE_OMAP_REMOVE =
            returningNothing("rados_write_op_omap_rm_keys2", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    static final MethodHandle WRITE_DATA = handle(
            FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG),
            "rados_write_op_write",
            Linker.Option.critical(true));

    static final MethodHandle WRITE_ATTRIBUTE =
            returningNothing("rados_write_op_setxattr", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);

    static final MethodHandle READ_OP = handle(FunctionDescriptor.of(ADDRESS), "rados_create_read_op");
    static final MethodHandle READ_OP_RELEASE = returningNothing("rados_release_read_op", ADDRESS);
    static final MethodHandle READ_OMAP_RANGE = returningNothing(
            "rados_read_op_omap_get_vals2", ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle READ_OMAP_KEYS =
            returningNothing("rados_read_op_omap_get_keys2", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle READ_OMAP_ROWS = returningNothing(
            "rados_read_op_omap_get_vals_by_keys2", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle READ_DATA =
            returningNothing("rados_read_op_read", ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle READ_STAT = returningNothing("rados_read_op_stat", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle READ_ATTRIBUTES = returningNothing("rados_read_op_getxattrs", ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle ATTRIBUTES_NEXT =
            returningInt("rados_getxattrs_next", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle ATTRIBUTES_END = returningNothing("rados_getxattrs_end", ADDRESS);
    static final MethodHandle OMAP_NEXT =
            returningInt("rados_omap_get_next2", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle OMAP_END = returningNothing("rados_omap_get_end", ADDRESS);

    static final MethodHandle LOCK_EXCLUSIVE =
            returningInt("rados_lock_exclusive", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_BYTE);
    static final MethodHandle UNLOCK = returningInt("rados_unlock", ADDRESS, ADDRESS, ADDRESS, ADDRESS);

    static final MethodHandle WATCH =
            returningInt("rados_watch3", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
    static final MethodHandle UNWATCH = returningInt("rados_unwatch2", ADDRESS, JAVA_LONG);
    static final MethodHandle WATCH_CHECK = returningInt("rados_watch_check", ADDRESS, JAVA_LONG);
    static final MethodHandle AIO_NOTIFY =
            returningInt("rados_aio_notify", ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);
    static final MethodHandle NOTIFY_ACK =
            returningInt("rados_notify_ack", ADDRESS, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT);

    static final MethodHandle LIST_OPEN = returningInt("rados_nobjects_list_open", ADDRESS, ADDRESS);
    static final MethodHandle LIST_NEXT = returningInt("rados_nobjects_list_next", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    static final MethodHandle LIST_CLOSE = returningNothing("rados_nobjects_list_close", ADDRESS);

    static final MethodHandle MALLOC = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("malloc"),
            FunctionDescriptor.of(ADDRESS, JAVA_LONG),
            Linker.Option.critical(false));
    static final MethodHandle FREE = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("free"),
            FunctionDescriptor.ofVoid(ADDRESS),
            Linker.Option.critical(false));

    private Librados() {}

    private static SymbolLookup load() {
        try {
            return SymbolLookup.libraryLookup("librados.so.2", Arena.global());
        } catch (IllegalArgumentException e) {
            throw new RadosException(
                    Errno.ENOENT,
                    "librados.so.2 is not installed: install the package librados2 of your distribution",
                    e);
        }
    }

    private static MethodHandle returningInt(String name, MemoryLayout... arguments) {
        return handle(FunctionDescriptor.of(JAVA_INT, arguments), name);
    }

    private static MethodHandle returningLong(String name, MemoryLayout... arguments) {
        return handle(FunctionDescriptor.of(JAVA_LONG, arguments), name);
    }

    private static MethodHandle returningNothing(String name, MemoryLayout... arguments) {
        return handle(FunctionDescriptor.ofVoid(arguments), name);
    }

    private static MethodHandle handle(FunctionDescriptor descriptor, String name, Linker.Option... options) {
        return LINKER.downcallHandle(LIBRARY.findOrThrow(name), descriptor, options);
    }

    /** A stub for a function that librados calls back. */
    static MemorySegment callback(MethodHandle target, FunctionDescriptor descriptor) {
        return LINKER.upcallStub(target, descriptor, Arena.global());
    }

    /** What a call that cannot fail on the Java side has thrown nevertheless. */
    static AssertionError unexpected(Throwable thrown) {
        return new AssertionError("a native call failed", thrown);
    }
}
