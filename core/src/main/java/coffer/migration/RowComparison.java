package coffer.migration;

import coffer.encryption.ContentKeys;
import coffer.integrity.ContentCheck;
import coffer.multipart.PartTransfer;
import coffer.multipart.UploadRows;
import coffer.object.BlobTransfer;
import coffer.object.ObjectRows;
import coffer.object.ObjectTransfer;
import coffer.store.Blob;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Compares rows with their copies, and reads from the new store all bytes that these refer to. Rows that are there count.
 * Thread-safe.
 */
final class RowComparison implements RowWalk.Visitor {
    private final MetadataStore source;
    private final Engine target;
    private final ContentKeys keys;
    private final ObjectTransfer objects;
    private final Consumer<Loss> losses;
    private final AtomicLong sealed = new AtomicLong();

    /** Each for one thread at a time. */
    private final Queue<ContentCheck> checks = new ConcurrentLinkedQueue<>();

    /** @param losses told of what is not as it was; by many threads */
    RowComparison(Engine source, Engine target, ContentKeys keys, Consumer<Loss> losses) {
        this.source = source.metadata();
        this.target = target;
        this.keys = keys;
        this.objects = new ObjectTransfer(source, target, new BlobTransfer(source.blobs(), target.blobs()));
        this.losses = losses;
    }

    /** How many objects and parts could not be opened, so that only their stored bytes were read. */
    long sealed() {
        return sealed.get();
    }

    @Override
    public boolean visit(Row row) {
        Optional<Row> moved = target.metadata().get(row.key());
        if (moved.isEmpty()) {
            if (!isNobodys(row)) {
                losses.accept(Loss.of(row, "it is not in the new store"));
            }
            return false;
        }
        problem(row, moved.get()).ifPresent(problem -> losses.accept(Loss.of(row, problem)));
        return true;
    }

    /** Parts whose upload has ended are not copied. */
    private boolean isNobodys(Row row) {
        return RowSort.of(row) == RowSort.PART
                && source.get(UploadRows.uploadOf(row)).isEmpty();
    }

    private Optional<String> problem(Row row, Row moved) {
        try {
            return switch (RowSort.of(row)) {
                case CURRENT_COPY ->
                    differs(objects.isSame(row, moved) && ObjectRows.hasOwnRow(target.metadata(), moved));
                case VERSION ->
                    differs(objects.isSame(row, moved)).or(() -> content(check -> check.object(moved, step -> {})));
                case PART ->
                    differs(PartTransfer.isSame(row, moved)).or(() -> content(check -> check.part(moved, step -> {})));
                case PLAIN -> differs(Arrays.equals(row.value(), moved.value()) && hasSameBody(row, moved));
            };
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.CORRUPT && e.reason() != StoreException.Reason.GONE) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> differs(boolean isSame) {
        return isSame ? Optional.empty() : Optional.of("it is not what it is in the old store");
    }

    @FunctionalInterface
    private interface Check {
        ContentCheck.Outcome by(ContentCheck check);
    }

    private Optional<String> content(Check check) {
        ContentCheck idle = Optional.ofNullable(checks.poll()).orElseGet(() -> new ContentCheck(target, keys));
        ContentCheck.Outcome outcome = check.by(idle);
        checks.add(idle);
        if (outcome.sealed()) {
            sealed.incrementAndGet();
        }
        return outcome.problem();
    }

    private boolean hasSameBody(Row row, Row moved) {
        if (row.body().isEmpty() || moved.body().isEmpty()) {
            return row.body().isEmpty() && moved.body().isEmpty();
        }
        try (Blob old = source.openBody(row.body().get());
                Blob now = target.metadata().openBody(moved.body().get())) {
            return bytes(old).equals(bytes(now));
        }
    }

    private static ByteBuffer bytes(Blob body) {
        ByteBuffer bytes = ByteBuffer.allocate((int) body.lengthBytes());
        while (bytes.hasRemaining() && body.read(bytes.position(), bytes) > 0) {
            // until it is full
        }
        return bytes.flip();
    }
}
