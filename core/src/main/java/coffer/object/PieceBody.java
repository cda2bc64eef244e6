package coffer.object;

import coffer.api.RequestBody;
import coffer.api.ResponseBody;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Stored bytes in the role of a request's body: how a copy is written like any other object. Not thread-safe. */
public final class PieceBody implements RequestBody, AutoCloseable {
    private final ResponseBody.Pieces pieces;
    private Optional<ResponseBody.Piece> piece = Optional.empty();
    private long position;

    public PieceBody(ResponseBody.Pieces pieces) {
        this.pieces = pieces;
    }

    @Override
    public long declaredBytes() {
        return pieces.lengthBytes();
    }

    @Override
    public int read(ByteBuffer target) {
        while (true) {
            if (piece.isEmpty()) {
                piece = pieces.next();
                if (piece.isEmpty()) {
                    return -1;
                }
                position = 0;
            }
            long left = piece.get().lengthBytes() - position;
            if (left > 0) {
                return read(piece.get(), target, left);
            }
            closePiece();
        }
    }

    private int read(ResponseBody.Piece from, ByteBuffer target, long left) {
        int limit = target.limit();
        target.limit(target.position() + (int) Math.min(left, target.remaining()));
        int count = from.blob().read(from.offset() + position, target);
        target.limit(limit);
        position += count;
        return count;
    }

    private void closePiece() {
        piece.ifPresent(open -> open.blob().close());
        piece = Optional.empty();
    }

    @Override
    public void close() {
        closePiece();
        pieces.close();
    }
}
