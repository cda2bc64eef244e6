package coffer.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** Octets received and not yet understood. For use on one event loop. */
final class Inbox {
    private final ByteBufAllocator alloc;
    private ByteBuf octets = Unpooled.EMPTY_BUFFER;

    Inbox(ByteBufAllocator alloc) {
        this.alloc = alloc;
    }

    /** Takes over {@code more}. */
    void add(ByteBuf more) {
        if (!octets.isReadable()) {
            octets.release();
            octets = more;
            return;
        }
        try {
            if (octets.maxFastWritableBytes() < more.readableBytes()) {
                // Slices of the old buffer may be in use elsewhere, so it is left as it is.
                ByteBuf larger = alloc.directBuffer(2 * (octets.readableBytes() + more.readableBytes()));
                larger.writeBytes(octets);
                octets.release();
                octets = larger;
            }
            octets.writeBytes(more);
        } finally {
            more.release();
        }
    }

    /** To be read from. */
    ByteBuf octets() {
        return octets;
    }

    boolean isEmpty() {
        return !octets.isReadable();
    }

    /** All that is there, given away. */
    ByteBuf take() {
        ByteBuf all = octets;
        octets = Unpooled.EMPTY_BUFFER;
        return all;
    }

    /** Gives memory back if everything has been read. */
    void trim() {
        if (!octets.isReadable()) {
            clear();
        }
    }

    /** Drops everything. */
    void clear() {
        octets.release();
        octets = Unpooled.EMPTY_BUFFER;
    }
}
