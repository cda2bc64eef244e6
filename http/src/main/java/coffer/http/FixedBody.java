package coffer.http;

import io.netty.buffer.ByteBuf;

/** A body of announced length. */
final class FixedBody implements BodyDecoder {
    private long left;

    FixedBody(long lengthBytes) {
        left = lengthBytes;
    }

    @Override
    public boolean decode(ByteBuf in, BodyQueue body) {
        int taken = (int) Math.min(left, in.readableBytes());
        if (taken > 0) {
            left -= taken;
            body.add(in.readRetainedSlice(taken));
        }
        return left == 0;
    }
}
