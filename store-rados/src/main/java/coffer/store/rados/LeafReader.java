package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Reads of leaves. What is remembered of ranges may be old; the header, read in the same operation as the rows, says
 * whether they may be believed. Thread-safe.
 */
final class LeafReader {
    private static final RowName HEADER = new RowName(LeafKeys.HEADER);
    private static final byte[] NO_HEADER = {};

    private final Pool pool;
    private final LeafMap map;
    private final RangeFinisher finisher;
    private final RandomGenerator random;

    /** By the id of the leaf. */
    private final Map<String, PointReads> points = new ConcurrentHashMap<>();

    LeafReader(Pool pool, LeafMap map, RangeFinisher finisher, RandomGenerator random) {
        this.pool = pool;
        this.map = map;
        this.finisher = finisher;
        this.random = random;
    }

    /** A leaf and what was found there. */
    record Found(Leaf leaf, ReadResult result) {}

    /**
     * Looks into the leaf of a group.
     *
     * @param look what to look for there, the header as look 0
     * @return empty if the space has no rows at all
     */
    Optional<Found> read(String space, byte[] group, Supplier<ReadOp> look) {
        return found(space, group, leaf -> {
            ReadResult result = pool.read(leaf.object(), look.get());
            return new Answer<>(
                    result.result(), result.result() < 0 ? NO_HEADER : header(result), new Found(leaf, result));
        });
    }

    /**
     * Reads single rows.
     *
     * @return those that are there, perhaps with others
     */
    Map<RowName, byte[]> rows(String space, byte[] group, List<byte[]> keys) {
        return found(space, group, leaf -> {
                    PointReads.Found found = points.computeIfAbsent(leaf.id(), _ -> new PointReads(pool, leaf))
                            .read(keys);
                    return new Answer<>(found.result(), found.rows().getOrDefault(HEADER, NO_HEADER), found.rows());
                })
                .orElse(Map.of());
    }

    /**
     * What an operation on a leaf says.
     *
     * @param header as it was at the moment of the read
     */
    private record Answer<T>(int result, byte[] header, T value) {}

    private <T> Optional<T> found(String space, byte[] group, Function<Leaf, Answer<T>> read) {
        Backoff backoff = new Backoff("a read of the space " + space, random);
        while (true) {
            Optional<Leaf> found = map.find(space, group);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Leaf leaf = found.get();
            Answer<T> answer = read.apply(leaf);
            if (answer.result == Errno.ENOENT) {
                map.forget(leaf);
                points.remove(leaf.id());
            } else if (answer.result < 0) {
                throw Failures.of(answer.result, "a read of the space " + space);
            } else if (LeafHeader.fromBytes(answer.header).isReadable()) {
                leaf.header(answer.header);
                return Optional.of(answer.value);
            } else {
                finisher.help(leaf);
                points.remove(leaf.id());
            }
            backoff.pause();
        }
    }

    /** The header of a leaf, as the cluster has it; empty if the leaf is gone. */
    static Optional<byte[]> header(Pool pool, String object) {
        ReadResult result = pool.read(object, new ReadOp().rows(List.of(LeafKeys.HEADER)));
        if (result.isAbsent()) {
            return Optional.empty();
        }
        if (result.result() < 0) {
            throw Failures.of(result.result(), "the header of a range");
        }
        return Optional.of(header(result));
    }

    /** The header in a result whose look 0 asked for it. */
    static byte[] header(ReadResult result) {
        return result.rows(0).rows().getFirst().value();
    }
}
