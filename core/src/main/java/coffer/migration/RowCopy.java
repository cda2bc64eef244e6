package coffer.migration;

import coffer.multipart.PartTransfer;
import coffer.object.BlobTransfer;
import coffer.object.ObjectTransfer;
import coffer.store.Blob;
import coffer.store.BodyRef;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Copies rows, each with the bytes it refers to; one that is there already is not copied again. Thread-safe. */
final class RowCopy implements RowWalk.Visitor {
    private final MetadataStore source;
    private final MetadataStore target;
    private final BlobTransfer blobs;
    private final ObjectTransfer objects;
    private final PartTransfer parts;
    private final Consumer<Loss> losses;

    /** @param losses told of what cannot be read and is left out; by many threads */
    RowCopy(Engine source, Engine target, Consumer<Loss> losses) {
        this.source = source.metadata();
        this.target = target.metadata();
        this.blobs = new BlobTransfer(source.blobs(), target.blobs());
        this.objects = new ObjectTransfer(source, target, blobs);
        this.parts = new PartTransfer(source.metadata(), blobs);
        this.losses = losses;
    }

    @Override
    public boolean visit(Row row) {
        try {
            copy(row);
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.CORRUPT && e.reason() != StoreException.Reason.GONE) {
                throw e;
            }
            losses.accept(Loss.of(row, "it is left out: " + e.getMessage()));
        }
        return true;
    }

    private void copy(Row row) {
        switch (RowSort.of(row)) {
            case CURRENT_COPY -> put(objects.current(row));
            case VERSION -> {
                if (target.get(row.key()).isEmpty()) {
                    adopt(objects.version(row));
                }
            }
            case PART -> {
                if (target.get(row.key()).isEmpty()) {
                    parts.part(row).ifPresent(this::adopt);
                }
            }
            case PLAIN -> put(Commit.ofRows(row.key().group(), List.of(), List.of(change(row))));
        }
    }

    private void adopt(Commit commit) {
        if (!target.commit(commit)) {
            commit.adopt().forEach(blobs::discard);
        }
    }

    private void put(Commit commit) {
        boolean _ = target.commit(commit); // it expects nothing
    }

    private Change change(Row row) {
        return row.body()
                .map(body -> Change.put(row.key(), row.value(), read(body)))
                .orElseGet(() -> Change.put(row.key(), row.value()));
    }

    private ByteBuffer read(BodyRef ref) {
        if (ref.lengthBytes() > target.maxBodyBytes()) {
            throw new StoreException(StoreException.Reason.UNAVAILABLE, "A row has more than the new store takes.");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) ref.lengthBytes());
        try (Blob body = source.openBody(ref)) {
            while (bytes.hasRemaining() && body.read(bytes.position(), bytes) > 0) {
                // until it is full
            }
        }
        return bytes.flip();
    }
}
