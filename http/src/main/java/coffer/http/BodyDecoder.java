package coffer.http;

import coffer.api.CosException;
import io.netty.buffer.ByteBuf;

/** Finds the octets of one request body. Not thread-safe. */
sealed interface BodyDecoder permits FixedBody, ChunkedBody {
    /**
     * Takes what belongs to the body from {@code in} and adds it to {@code body}.
     *
     * @return whether the body is complete; what is left in {@code in} is the next request
     * @throws CosException {@code IncompleteBody} if its end can no longer be told
     */
    boolean decode(ByteBuf in, BodyQueue body);

    /** The decoder for the body after {@code head}, which has one. */
    static BodyDecoder of(RequestHead head) {
        return head.bodyBytes() == RequestHead.CHUNKED ? new ChunkedBody() : new FixedBody(head.bodyBytes());
    }
}
