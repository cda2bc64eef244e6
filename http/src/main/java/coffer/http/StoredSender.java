package coffer.http;

import coffer.api.ResponseBody.Piece;
import coffer.api.ResponseBody.Pieces;
import coffer.store.Blob;
import coffer.store.FileSlice;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Sends stored bytes: as stretches of files where engine and connection can do that, else through pooled buffers. */
final class StoredSender {
    private StoredSender() {}

    /**
     * Reads all pieces into a buffer that has room for them.
     *
     * @throws IOException if the pieces are not as long as they say
     */
    static void read(Pieces pieces, ByteBuf into) throws IOException {
        long left = pieces.lengthBytes();
        for (Optional<Piece> next = pieces.next(); next.isPresent(); next = pieces.next()) {
            Piece piece = next.get();
            try (Blob blob = piece.blob()) {
                left -= piece.lengthBytes();
                if (left >= 0) {
                    read(blob, piece.offset(), (int) piece.lengthBytes(), into);
                }
            }
        }
        checkAllSent(left);
    }

    /**
     * Sends all pieces. Each blob stays open until its bytes have left, whatever the client does.
     *
     * @param first what {@code pieces.next()} gave before
     * @throws IOException if the client went away or the pieces are not as long as they say
     */
    static void send(Piece first, Pieces pieces, Outbound out) throws IOException {
        long left = pieces.lengthBytes();
        for (Optional<Piece> next = Optional.of(first); next.isPresent(); next = pieces.next()) {
            Piece piece = next.get();
            try (Blob blob = piece.blob()) {
                left -= piece.lengthBytes();
                if (left >= 0) {
                    send(blob, piece, out);
                }
            }
        }
        checkAllSent(left);
        out.confirmAll();
    }

    private static void send(Blob blob, Piece piece, Outbound out) throws IOException {
        Optional<FileSlice> slice =
                out.takesFiles() ? blob.slice(piece.offset(), piece.lengthBytes()) : Optional.empty();
        if (slice.isPresent()) {
            if (slice.get().lengthBytes() != piece.lengthBytes()) {
                throw new IOException("A file slice has another length than its piece.");
            }
            out.transfer(slice.get());
            return;
        }
        long done = 0;
        while (done < piece.lengthBytes()) {
            int bytes = out.step(piece.lengthBytes() - done);
            ByteBuf buffer = out.alloc().directBuffer(bytes);
            try {
                read(blob, piece.offset() + done, bytes, buffer);
            } catch (IOException | RuntimeException e) {
                buffer.release();
                throw e;
            }
            out.write(buffer);
            done += bytes;
        }
    }

    private static void read(Blob blob, long offset, int bytes, ByteBuf into) throws IOException {
        ByteBuffer target = into.nioBuffer(into.writerIndex(), bytes);
        int done = 0;
        while (done < bytes) {
            int count = blob.read(offset + done, target);
            if (count <= 0) {
                throw new IOException("A blob ends before its piece does.");
            }
            done += count;
        }
        into.writerIndex(into.writerIndex() + bytes);
    }

    private static void checkAllSent(long left) throws IOException {
        if (left != 0) {
            throw new IOException("The pieces are not as long in all as was announced.");
        }
    }
}
