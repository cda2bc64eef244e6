package coffer.integrity;

import coffer.api.RequestBody;
import coffer.api.ResponseBody;
import coffer.checksum.Crc64;
import coffer.multipart.Part;
import coffer.multipart.UploadRows;
import coffer.object.Contents;
import coffer.object.ObjectRows;
import coffer.object.ObjectVersion;
import coffer.object.PieceBody;
import coffer.object.StoredObject;
import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobStore;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Reads objects and parts wholly and compares them with what their rows say. Not thread-safe. */
public final class ContentCheck {
    private static final int STEP_BYTES = 256 * 1024;

    private final MetadataStore metadata;
    private final BlobStore blobs;
    private final ObjectRows rows;
    private final Contents contents;
    private final ByteBuffer buffer = ByteBuffer.allocate(STEP_BYTES);

    public ContentCheck(Engine engine) {
        this.metadata = engine.metadata();
        this.blobs = engine.blobs();
        this.rows = new ObjectRows(metadata);
        this.contents = new Contents(engine);
    }

    /**
     * What became of a check.
     *
     * @param readBytes how much was read
     * @param blobs what the row refers to; incomplete if it cannot be understood
     * @param understood whether the row could be understood
     * @param problem what is wrong, a clause; empty if nothing is, or if the row was changed meanwhile
     */
    public record Outcome(long readBytes, List<BlobId> blobs, boolean understood, Optional<String> problem) {}

    /** How the content behind a row is found. */
    private interface Reading {
        Outcome read() throws IOException;
    }

    /**
     * Checks a version of an object.
     *
     * @param row its own row, as it was found; a delete marker is always right
     * @param pace told of the bytes about to be read, and may wait
     */
    public Outcome object(Row row, IntConsumer pace) {
        return unlessChanged(row, () -> {
            if (ObjectRows.isMarker(row)) {
                return new Outcome(0, List.of(), true, Optional.empty());
            }
            Optional<StoredObject> complete = rows.complete(row);
            if (complete.isEmpty()) {
                return new Outcome(0, List.of(), false, Optional.of("the row of its extents is missing"));
            }
            StoredObject stored = complete.get();
            ObjectVersion version = stored.version();
            List<BlobId> referred = version.content().blobs();
            try {
                Optional<ResponseBody.Pieces> pieces = contents.open(stored, 0, version.sizeBytes(), damage -> {});
                if (pieces.isEmpty()) {
                    return new Outcome(0, referred, true, Optional.of("its body is gone"));
                }
                try (PieceBody body = new PieceBody(pieces.get())) {
                    return compare(body, referred, version.sizeBytes(), version.crc64(), pace);
                }
            } catch (StoreException e) {
                return new Outcome(0, referred, true, Optional.of(String.valueOf(e.getMessage())));
            }
        });
    }

    /** Checks an uploaded part, as {@link #object} does. */
    public Outcome part(Row row, IntConsumer pace) {
        return unlessChanged(row, () -> {
            Part part = UploadRows.decode(row);
            if (part.blobs().isEmpty()) {
                return new Outcome(0, List.of(), true, Optional.empty());
            }
            BlobId id = part.blobs().getFirst();
            try (BlobStore.Pin _ = blobs.pin(part.blobs());
                    Blob blob = blobs.open(id);
                    PieceBody body = new PieceBody(new OnePiece(blob))) {
                return compare(body, part.blobs(), part.sizeBytes(), part.crc64(), pace);
            } catch (StoreException e) {
                return new Outcome(0, part.blobs(), true, Optional.of(String.valueOf(e.getMessage())));
            }
        });
    }

    /** Of a row that is no longer as it was read, nothing is known. */
    private Outcome unlessChanged(Row row, Reading reading) {
        Outcome outcome;
        try {
            outcome = reading.read();
        } catch (IOException | StoreException e) {
            outcome = new Outcome(0, List.of(), false, Optional.of(String.valueOf(e.getMessage())));
        }
        if (outcome.problem().isPresent() && !isCurrent(row)) {
            return new Outcome(outcome.readBytes(), List.of(), true, Optional.empty());
        }
        return outcome;
    }

    private boolean isCurrent(Row row) {
        return metadata.get(row.key())
                .filter(now ->
                        Arrays.equals(now.value(), row.value()) && now.body().equals(row.body()))
                .isPresent();
    }

    private Outcome compare(RequestBody body, List<BlobId> referred, long sizeBytes, long crc64, IntConsumer pace)
            throws IOException {
        Crc64 computed = new Crc64();
        long read = 0;
        pace.accept((int) Math.min(sizeBytes, STEP_BYTES));
        while (body.read(buffer.clear()) >= 0) {
            read += buffer.flip().remaining();
            computed.update(buffer);
            pace.accept((int) Math.min(sizeBytes - read, STEP_BYTES));
        }
        if (read != sizeBytes) {
            return new Outcome(read, referred, true, Optional.of("it has " + read + " bytes instead of " + sizeBytes));
        }
        Optional<String> problem = computed.value() == crc64
                ? Optional.empty()
                : Optional.of("its CRC-64 is %016x instead of %016x".formatted(computed.value(), crc64));
        return new Outcome(read, referred, true, problem);
    }

    /** A blob as a whole; closed by its opener. */
    private static final class OnePiece implements ResponseBody.Pieces {
        private final Blob blob;
        private boolean taken;

        OnePiece(Blob blob) {
            this.blob = blob;
        }

        @Override
        public long lengthBytes() {
            return blob.lengthBytes();
        }

        @Override
        public Optional<ResponseBody.Piece> next() {
            boolean first = !taken;
            taken = true;
            return first ? Optional.of(new ResponseBody.Piece(blob, 0, blob.lengthBytes())) : Optional.empty();
        }

        @Override
        public void close() {}
    }
}
