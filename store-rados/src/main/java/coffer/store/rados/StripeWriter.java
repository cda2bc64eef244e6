package coffer.store.rados;

import coffer.rados.Pool;
import coffer.rados.WriteOp;
import coffer.store.BlobId;
import coffer.store.BlobWriter;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Writes a blob, some objects of it at once while the next one is being filled. Not thread-safe. */
final class StripeWriter implements BlobWriter {
    /** How many objects are under way at once. */
    static final int WINDOW = 4;

    /** Up to here a buffer is taken from the heap, as long as it has to be. */
    private static final int SHORT_BYTES = 8 * Stripes.BLOCK_BYTES;

    private final BlobData data;
    private final BlobMemory memory;
    private final Instance instance;
    private final Health health;
    private final BlobId id;
    private final long expectedBytes;
    private final Deque<Pool.Writing> underWay = new ArrayDeque<>();

    /** The object that is being filled, block after block. */
    private @Nullable ByteBuffer filling;

    private long lengthBytes;
    private long objects;

    /** The length that object 0 tells. */
    private long toldBytes;

    private int failure;
    private boolean ended;

    StripeWriter(BlobData data, BlobMemory memory, Instance instance, Health health, BlobId id, long expectedBytes) {
        this.data = data;
        this.memory = memory;
        this.instance = instance;
        this.health = health;
        this.id = id;
        this.expectedBytes = expectedBytes;
    }

    @Override
    public void write(ByteBuffer source) {
        requireWriting();
        while (source.hasRemaining()) {
            ByteBuffer target = room(source.remaining());
            int inBlock = target.position() % Stripes.BLOCK_BYTES;
            int count = Math.min(Stripes.BLOCK_DATA - inBlock, source.remaining());
            target.put(source.slice(source.position(), count));
            source.position(source.position() + count);
            lengthBytes += count;
            if (inBlock + count == Stripes.BLOCK_DATA) {
                endBlock(target);
            }
            if (target.position() == Stripes.OBJECT_BYTES) {
                send(target);
            }
        }
    }

    /** A buffer with room for the rest of the block, or for so many bytes of it and their checksum. */
    private ByteBuffer room(int bytes) {
        ByteBuffer now = filling;
        int used = now == null ? 0 : now.position();
        int block = Math.min(Stripes.BLOCK_DATA - used % Stripes.BLOCK_BYTES, bytes);
        int needed = used + block + Stripes.CRC_BYTES;
        if (now != null && needed <= now.capacity()) {
            return now;
        }
        long left = Stripes.storedBytes(Math.max(expectedBytes - lengthBytes, bytes)) + used;
        // What has outgrown its expectation may grow on.
        long wanted = now == null ? left : Math.max(left, 4L * now.capacity());
        ByteBuffer grown = wanted <= SHORT_BYTES ? ByteBuffer.allocate((int) wanted) : memory.objects.take();
        if (now != null) {
            grown.put(now.flip());
            giveBack(now);
        }
        filling = grown;
        return grown;
    }

    private void endBlock(ByteBuffer buffer) {
        int end = buffer.position();
        int start = end / Stripes.BLOCK_BYTES * Stripes.BLOCK_BYTES;
        long block = objects * Stripes.BLOCKS + start / Stripes.BLOCK_BYTES;
        buffer.putInt(Stripes.crc(id, block, buffer.slice(start, end - start)));
    }

    private void send(ByteBuffer buffer) {
        instance.requireLiving();
        if (underWay.size() == WINDOW) {
            await();
        }
        requireWriting();
        buffer.flip();
        WriteOp op = new WriteOp().createExclusively();
        if (buffer.hasRemaining()) {
            op.write(0, buffer);
        }
        if (objects == 0) {
            toldBytes = Math.max(expectedBytes, lengthBytes);
            op.attribute(Stripes.LENGTH, Stripes.length(toldBytes));
        }
        submit(Stripes.object(id, objects), op, buffer.limit());
        objects++;
        giveBack(buffer);
        filling = null;
    }

    private void submit(String object, WriteOp op, long bytes) {
        memory.beginWrite(bytes);
        Pool.Writing writing = data.pool().submit(object, op);
        var _ = writing.outcome().thenAccept(_ -> memory.endWrite(bytes));
        underWay.add(writing);
    }

    private void await() {
        int result = underWay.remove().await();
        health.wrote(data.pool(), result);
        failure = Math.min(failure, result);
    }

    private void giveBack(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            memory.objects.give(buffer);
        }
    }

    private void requireWriting() {
        if (ended) {
            throw new IllegalStateException("the blob is finished or given up");
        }
        if (failure < 0) {
            throw Failures.of(failure, "writing a blob");
        }
    }

    @Override
    public BlobId finish() {
        requireWriting();
        ByteBuffer last = filling == null ? ByteBuffer.allocate(0) : filling;
        if (last.position() % Stripes.BLOCK_BYTES > 0) {
            endBlock(last);
        }
        if (last.position() > 0 || objects == 0) {
            send(last);
        }
        if (toldBytes != lengthBytes) {
            submit(
                    Stripes.object(id, 0),
                    new WriteOp().assertExists().attribute(Stripes.LENGTH, Stripes.length(lengthBytes)),
                    0);
        }
        while (!underWay.isEmpty()) {
            await();
        }
        requireWriting();
        ended = true;
        return id;
    }

    @Override
    public void close() {
        if (filling != null) {
            giveBack(filling);
            filling = null;
        }
        if (ended) {
            return;
        }
        ended = true;
        while (!underWay.isEmpty()) {
            await();
        }
        if (failure < 0) {
            instance.deleteLater(id); // what has no answer may still be written
            return;
        }
        try {
            data.delete(id, objects);
            instance.settled(id);
        } catch (StoreException e) {
            instance.deleteLater(id);
        }
    }
}
