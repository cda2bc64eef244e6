package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.OmapRow;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import coffer.rados.WriteOp;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * All engines that work on the store, or did and have left something. One object tells of all:
 *
 * <pre>
 * instances   'N'            the number that was given away last, 4
 *             'I' number 8   {@link InstanceState}; the number in hexadecimal digits
 * </pre>
 *
 * Whoever changes a state compares the one it has seen. Thread-safe.
 */
final class Instances {
    static final String OBJECT = "instances";

    private static final byte[] LAST = {'N'};
    private static final byte[] STATE = {'I'};
    private static final int PAGE = 1000;

    private final Pool pool;

    Instances(Pool pool) {
        this.pool = pool;
    }

    private static byte[] key(int number) {
        return LeafKeys.join(STATE, HexFormat.of().toHexDigits(number).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Takes a new number.
     *
     * @param renewals to begin with
     */
    InstanceState register(long renewals) {
        while (true) {
            ReadResult result = pool.read(OBJECT, new ReadOp().rows(List.of(LAST)));
            require(result.isAbsent() ? 0 : result.result(), "the number of the last instance");
            List<OmapRow> rows = result.isAbsent() ? List.of() : result.rows(0).rows();
            byte[] last = rows.isEmpty() ? new byte[0] : rows.getFirst().value();
            int number = last.length == 0 ? 1 : ByteBuffer.wrap(last).getInt() + 1;
            InstanceState state = new InstanceState(number, false, renewals, 0, List.of());
            int written = pool.write(
                    OBJECT,
                    new WriteOp()
                            .create()
                            .expect(LAST, last)
                            .set(List.of(
                                    new OmapRow(
                                            LAST,
                                            ByteBuffer.allocate(Integer.BYTES)
                                                    .putInt(number)
                                                    .array()),
                                    new OmapRow(key(number), state.toBytes()))));
            if (written >= 0) {
                return state;
            }
            require(written == Errno.ECANCELED ? 0 : written, "taking the number of an instance");
        }
    }

    /** The state of one instance; empty if nothing is left of it. */
    Optional<InstanceState> find(int number) {
        ReadResult result = pool.read(OBJECT, new ReadOp().rows(List.of(key(number))));
        if (result.isAbsent()) {
            return Optional.empty();
        }
        require(result.result(), "the state of an instance");
        return result.rows(0).rows().stream().findAny().map(row -> InstanceState.fromBytes(number, row.value()));
    }

    /** All instances. */
    List<InstanceState> all() {
        List<InstanceState> all = new ArrayList<>();
        byte[] after = STATE;
        boolean more = true;
        while (more) {
            ReadResult result = pool.read(OBJECT, new ReadOp().range(after, STATE, PAGE));
            if (result.isAbsent()) {
                return all;
            }
            require(result.result(), "the states of the instances");
            for (OmapRow row : result.rows(0).rows()) {
                String digits = new String(row.key(), 1, row.key().length - 1, StandardCharsets.US_ASCII);
                all.add(InstanceState.fromBytes(HexFormat.fromHexDigits(digits), row.value()));
                after = row.key();
            }
            more = result.rows(0).more();
        }
        return all;
    }

    /**
     * Changes a state.
     *
     * @return {@code false} if it is no longer the one that was seen
     */
    boolean replace(InstanceState seen, InstanceState next) {
        return change(seen, new WriteOp().set(key(seen.number()), next.toBytes()));
    }

    /** Forgets an instance that has left nothing; {@code false} if its state is no longer the one that was seen. */
    boolean remove(InstanceState seen) {
        return change(seen, new WriteOp().remove(List.of(key(seen.number()))));
    }

    private boolean change(InstanceState seen, WriteOp op) {
        int result = pool.write(OBJECT, op.expect(key(seen.number()), seen.toBytes()));
        if (result == Errno.ECANCELED || result == Errno.ENOENT) {
            return false;
        }
        require(result, "the state of an instance");
        return true;
    }

    /** The time as whoever renewed last has it, in seconds since 1970. */
    long seconds() {
        ReadResult result = pool.read(OBJECT, new ReadOp().modified());
        require(result.result(), "the time of the last renewal");
        return result.size(0);
    }

    private static void require(int result, String what) {
        if (result < 0) {
            throw Failures.of(result, what);
        }
    }

    /** What is thrown at who uses an instance that others have declared dead. */
    static StoreException lost() {
        return new StoreException(
                StoreException.Reason.UNAVAILABLE,
                "this server did not reach the cluster for so long that the others took it for dead; "
                        + "what it had not finished by then must be done again");
    }
}
