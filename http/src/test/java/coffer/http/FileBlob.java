package coffer.http;

import coffer.store.Blob;
import coffer.store.FileSlice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A blob in a file that others use as well: closing the blob leaves the file open. */
final class FileBlob implements Blob {
    private final FileChannel file;
    private final CountDownLatch closed = new CountDownLatch(1);

    FileBlob(FileChannel file) {
        this.file = file;
    }

    boolean isClosedWithin(int seconds) throws InterruptedException {
        return closed.await(seconds, TimeUnit.SECONDS);
    }

    @Override
    public long lengthBytes() {
        try {
            return file.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        try {
            return file.read(target, offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<FileSlice> slice(long offset, long lengthBytes) {
        return Optional.of(new FileSlice(file, offset, lengthBytes));
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
