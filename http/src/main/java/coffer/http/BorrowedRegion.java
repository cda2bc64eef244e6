package coffer.http;

import coffer.store.FileSlice;
import io.netty.channel.DefaultFileRegion;

/** A stretch of a file that stays open: its owner closes it, not the transfer. */
final class BorrowedRegion extends DefaultFileRegion {
    BorrowedRegion(FileSlice slice, long from, long lengthBytes) {
        super(slice.file(), slice.position() + from, lengthBytes);
    }

    @Override
    protected void deallocate() {
        // The inherited one would close the file.
    }
}
