package coffer.rados;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A connection to a cluster. Thread-safe. Making and closing one blocks. */
public class Cluster implements AutoCloseable {
    final MemorySegment cluster;

    Cluster(MemorySegment cluster) {
        this.cluster = cluster;
    }

    /**
     * Connects.
     *
     * @param user the cephx user, for instance {@code client.coffer}
     * @param configuration a {@code ceph.conf}, which also says where the user's keyring is
     * @param timeout after which an operation is given up, with {@link Errno#ETIMEDOUT}; without one librados waits for
     *     ever
     * @throws RadosException if there is no cluster to be had, with a sentence for the operator
     */
    public static Cluster connect(String user, Path configuration, Duration timeout) {
        String seconds = String.valueOf(Math.max(1, timeout.toSeconds()));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("rados_osd_op_timeout", seconds);
        settings.put("rados_mon_op_timeout", seconds);
        settings.put("client_mount_timeout", seconds);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(ADDRESS);
            Pool.check(
                    (int) Librados.CREATE.invokeExact(place, arena.allocateFrom("ceph"), arena.allocateFrom(user), 0L),
                    "librados could not be started");
            MemorySegment cluster = place.get(ADDRESS, 0);
            try {
                Pool.check(
                        (int) Librados.CONF_READ_FILE.invokeExact(
                                cluster, arena.allocateFrom(configuration.toString())),
                        "The Ceph configuration " + configuration + " cannot be read");
                for (Map.Entry<String, String> setting : settings.entrySet()) {
                    Pool.check(
                            (int) Librados.CONF_SET.invokeExact(
                                    cluster,
                                    arena.allocateFrom(setting.getKey()),
                                    arena.allocateFrom(setting.getValue())),
                            setting.getKey() + " cannot be set");
                }
                Pool.check(
                        (int) Librados.CONNECT.invokeExact(cluster),
                        "The Ceph cluster of " + configuration + " cannot be reached as " + user);
            } catch (RuntimeException e) {
                Librados.SHUTDOWN.invokeExact(cluster);
                throw e;
            }
            return new Cluster(cluster);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }

    /**
     * Opens a pool.
     *
     * @param namespace objects of other name spaces are not seen; empty for the one that has no name
     * @throws RadosException if there is no such pool
     */
    public Pool pool(String name, String namespace) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(ADDRESS);
            Pool.check(
                    (int) Librados.IOCTX_CREATE.invokeExact(cluster, arena.allocateFrom(name), place),
                    "The pool " + name + " cannot be opened");
            MemorySegment context = place.get(ADDRESS, 0);
            Librados.IOCTX_SET_NAMESPACE.invokeExact(context, arena.allocateFrom(namespace));
            return new Pool(name, context);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }

    /**
     * Sends a command to the monitors. Blocks the thread it is called on.
     *
     * @param json the command, for instance {@code {"prefix": "osd blocklist ls"}}
     * @throws RadosException if it was refused or not answered
     */
    public void command(String json) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment commands = arena.allocate(ADDRESS);
            commands.set(ADDRESS, 0, arena.allocateFrom(json));
            MemorySegment out = arena.allocate(ADDRESS, 2);
            MemorySegment lengths = arena.allocate(JAVA_LONG, 2);
            int result = (int) Librados.MON_COMMAND.invokeExact(
                    cluster,
                    commands,
                    1L,
                    MemorySegment.NULL,
                    0L,
                    out,
                    lengths,
                    out.asSlice(ADDRESS.byteSize()),
                    lengths.asSlice(JAVA_LONG.byteSize()));
            String said = "";
            for (int i = 0; i < 2; i++) {
                MemorySegment text = out.getAtIndex(ADDRESS, i);
                if (text.address() != 0) {
                    long length = lengths.getAtIndex(JAVA_LONG, i);
                    said = new String(
                            text.reinterpret(length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE),
                            java.nio.charset.StandardCharsets.UTF_8);
                    Librados.BUFFER_FREE.invokeExact(text);
                }
            }
            Pool.check(result, "The cluster refused a command: " + said);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }

    @Override
    public void close() {
        try {
            Librados.SHUTDOWN.invokeExact(cluster);
        } catch (Throwable e) {
            throw Librados.unexpected(e);
        }
    }
}
