package coffer.integrity;

import coffer.api.CosException;
import coffer.api.RequestBody;
import coffer.api.ResponseBody;
import coffer.checksum.Crc64;
import coffer.encryption.ContentCipher;
import coffer.encryption.ContentKeys;
import coffer.encryption.Encryption;
import coffer.multipart.Part;
import coffer.multipart.UploadRows;
import coffer.object.Content;
import coffer.object.Contents;
import coffer.object.Extent;
import coffer.object.ObjectEncryption;
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

/**
 * Reads objects and parts wholly and compares them with what their rows say. Of what is encrypted by a key that is not at
 * hand, as a customer's never is, the stored bytes are read: they have checksums of their own, and a length. Not
 * thread-safe.
 */
public final class ContentCheck {
    private static final int STEP_BYTES = 256 * 1024;

    private final MetadataStore metadata;
    private final BlobStore blobs;
    private final ObjectRows rows;
    private final Contents contents;
    private final ContentKeys keys;
    private final ByteBuffer buffer = ByteBuffer.allocate(STEP_BYTES);

    public ContentCheck(Engine engine, ContentKeys keys) {
        this.metadata = engine.metadata();
        this.blobs = engine.blobs();
        this.rows = new ObjectRows(metadata);
        this.contents = new Contents(engine);
        this.keys = keys;
    }

    /**
     * What became of a check.
     *
     * @param readBytes how much was read
     * @param blobs what the row refers to; incomplete if it cannot be understood
     * @param understood whether the row could be understood
     * @param sealed whether the key was not at hand
     * @param problem what is wrong, a clause; empty if nothing is, or if the row was changed meanwhile
     */
    public record Outcome(
            long readBytes, List<BlobId> blobs, boolean understood, boolean sealed, Optional<String> problem) {
        static Outcome read(long bytes, List<BlobId> blobs, Optional<String> problem) {
            return new Outcome(bytes, blobs, true, false, problem);
        }

        static Outcome sealed(long bytes, List<BlobId> blobs) {
            return new Outcome(bytes, blobs, true, true, Optional.empty());
        }

        static Outcome notUnderstood(Optional<String> problem) {
            return new Outcome(0, List.of(), false, false, problem);
        }
    }

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
                return Outcome.read(0, List.of(), Optional.empty());
            }
            Optional<StoredObject> complete = rows.complete(row);
            if (complete.isEmpty()) {
                return Outcome.notUnderstood(Optional.of("the row of its extents is missing"));
            }
            StoredObject stored = complete.get();
            ObjectVersion version = stored.version();
            List<BlobId> referred = version.content().blobs();
            try {
                Optional<ContentCipher> cipher = cipher(version.content().encryption(), row);
                if (cipher.isEmpty()) {
                    return Outcome.sealed(readSealed(stored, pace), referred);
                }
                Optional<ResponseBody.Pieces> pieces =
                        contents.open(stored, cipher.get(), 0, version.sizeBytes(), damage -> {});
                if (pieces.isEmpty()) {
                    return Outcome.read(0, referred, Optional.of("its body is gone"));
                }
                try (PieceBody body = new PieceBody(pieces.get())) {
                    return compare(body, referred, version.sizeBytes(), version.crc64(), pace);
                }
            } catch (StoreException e) {
                return Outcome.read(0, referred, Optional.of(String.valueOf(e.getMessage())));
            }
        });
    }

    /** Checks an uploaded part, as {@link #object} does. */
    public Outcome part(Row row, IntConsumer pace) {
        return unlessChanged(row, () -> {
            Part part = UploadRows.decode(row);
            Optional<Encryption> encryption = UploadRows.encryption(metadata, row);
            if (part.extent().isEmpty() || encryption.isEmpty()) {
                return Outcome.read(0, part.blobs(), Optional.empty()); // without its upload it is nobody's
            }
            Extent extent = part.extent().get();
            try (BlobStore.Pin _ = blobs.pin(part.blobs())) {
                Optional<ContentCipher> cipher = cipher(encryption.get(), row);
                if (cipher.isEmpty()) {
                    return Outcome.sealed(readSealed(extent, encryption.get(), pace), part.blobs());
                }
                try (Blob blob = cipher.get().decrypt(blobs.open(extent.blob()), extent.lengthBytes(), extent.salt());
                        PieceBody body = new PieceBody(new OnePiece(blob))) {
                    return compare(body, part.blobs(), part.sizeBytes(), part.crc64(), pace);
                }
            } catch (StoreException e) {
                return Outcome.read(0, part.blobs(), Optional.of(String.valueOf(e.getMessage())));
            }
        });
    }

    /** What opens something encrypted; empty if its key is not at hand. */
    private Optional<ContentCipher> cipher(Encryption encryption, Row row) {
        try {
            return Optional.of(keys.open(
                            encryption,
                            Optional.empty(),
                            ObjectEncryption.owner(row.key().group()))
                    .cipher());
        } catch (CosException e) {
            return Optional.empty();
        }
    }

    private long readSealed(StoredObject stored, IntConsumer pace) {
        Content content = stored.version().content();
        try (BlobStore.Pin _ = blobs.pin(content.blobs())) {
            long read = contents.storedTail(stored).map(ByteBuffer::remaining).orElse(0);
            for (Extent extent : content.extents()) {
                read += readSealed(extent, content.encryption(), pace);
            }
            return read;
        }
    }

    private long readSealed(Extent extent, Encryption encryption, IntConsumer pace) {
        long stored = encryption.storedBytes(extent.lengthBytes());
        try (Blob blob = blobs.open(extent.blob())) {
            if (blob.lengthBytes() != stored) {
                throw new StoreException(
                        StoreException.Reason.CORRUPT,
                        "its encrypted bytes are " + blob.lengthBytes() + " instead of " + stored);
            }
            long read = 0;
            while (read < stored) {
                pace.accept((int) Math.min(stored - read, STEP_BYTES));
                int count = blob.read(read, buffer.clear());
                if (count <= 0) {
                    throw new StoreException(StoreException.Reason.CORRUPT, "its encrypted bytes end too early");
                }
                read += count;
            }
            return read;
        }
    }

    /** Of a row that is no longer as it was read, nothing is known. */
    private Outcome unlessChanged(Row row, Reading reading) {
        Outcome outcome;
        try {
            outcome = reading.read();
        } catch (IOException | StoreException e) {
            outcome = Outcome.notUnderstood(Optional.of(String.valueOf(e.getMessage())));
        }
        if (outcome.problem().isPresent() && !isCurrent(row)) {
            return Outcome.read(outcome.readBytes(), List.of(), Optional.empty());
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
            return Outcome.read(read, referred, Optional.of("it has " + read + " bytes instead of " + sizeBytes));
        }
        Optional<String> problem = computed.value() == crc64
                ? Optional.empty()
                : Optional.of("its CRC-64 is %016x instead of %016x".formatted(computed.value(), crc64));
        return Outcome.read(read, referred, problem);
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
