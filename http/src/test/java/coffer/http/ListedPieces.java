package coffer.http;

import coffer.api.ResponseBody.Piece;
import coffer.api.ResponseBody.Pieces;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Pieces from a list. */
final class ListedPieces implements Pieces {
    private final long lengthBytes;
    private final Queue<Piece> left;
    private volatile boolean closed;

    ListedPieces(Piece... pieces) {
        this(Arrays.stream(pieces).mapToLong(Piece::lengthBytes).sum(), pieces);
    }

    /** Pieces that claim another length than they have. */
    ListedPieces(long lengthBytes, Piece... pieces) {
        this.lengthBytes = lengthBytes;
        this.left = new ArrayDeque<>(List.of(pieces));
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public Optional<Piece> next() {
        return Optional.ofNullable(left.poll());
    }

    @Override
    public void close() {
        closed = true;
    }
}
