package coffer.http;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.ResponseBody;
import coffer.api.ResponseBody.Piece;
import coffer.api.ResponseBody.Pieces;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer, on a virtual thread of its own: asks the gateway, then sends what it says. Small answers
 * leave in one write.
 */
final class Exchange implements Runnable {
    /** Up to here a stored body is read into one buffer with its head: cheaper than a second system call. */
    private static final int SMALL_BYTES = 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Connection connection;
    private final Front front;
    private final Channel channel;
    private final Asked asked;
    private final @Nullable BodyQueue body;
    private int sentStatus;
    private long sentBytes;

    /** What is answered. */
    sealed interface Asked {
        boolean isHead();

        boolean http10();

        boolean keepAlive();
    }

    /** A request for the gateway. */
    record Request(RequestHead head, Gateway.Prepared prepared) implements Asked {
        @Override
        public boolean isHead() {
            return head.method().equals("HEAD");
        }

        @Override
        public boolean http10() {
            return head.http10();
        }

        @Override
        public boolean keepAlive() {
            return head.keepAlive();
        }
    }

    /** A request that goes no further. */
    record Refused(CosException error, boolean isHead, boolean keepAlive) implements Asked {
        @Override
        public boolean http10() {
            return false;
        }
    }

    Exchange(Connection connection, Front front, Channel channel, Asked asked, @Nullable BodyQueue body) {
        this.connection = connection;
        this.front = front;
        this.channel = channel;
        this.asked = asked;
        this.body = body;
    }

    @Override
    public void run() {
        CosResponse response = ask();
        try {
            if (!(response.body() instanceof ResponseBody.Streamed)) {
                closeBody();
            }
            send(response);
        } catch (IOException | RuntimeException | Error e) {
            cut(response, e);
        } finally {
            closeBody();
        }
        if (asked instanceof Request request) {
            request.prepared().sent(sentStatus, sentBytes);
        }
    }

    private CosResponse ask() {
        try {
            CosResponse response = switch (asked) {
                case Request request -> request.prepared().answer();
                case Refused refused -> front.gateway().refuse(refused.error);
            };
            return sendable(response);
        } catch (RuntimeException | Error e) {
            LOG.error("A request failed without an answer.", e);
            return refuse(CosError.INTERNAL_ERROR.causedBy(e));
        }
    }

    private CosResponse sendable(CosResponse response) {
        if (ResponseHead.isValid(response)) {
            return response;
        }
        if (response.body() instanceof ResponseBody.Stored(Pieces pieces)) {
            pieces.close();
        }
        return refuse(CosError.INTERNAL_ERROR.causedBy(
                new IllegalStateException("The answer has a status or a header that cannot be sent.")));
    }

    private CosResponse refuse(CosException error) {
        try {
            CosResponse response = front.gateway().refuse(error);
            if (ResponseHead.isValid(response)) {
                return response;
            }
        } catch (RuntimeException e) {
            LOG.error("A request could not even be refused.", e);
        }
        return CosResponse.of(CosError.INTERNAL_ERROR.status());
    }

    private void send(CosResponse response) throws IOException {
        sentStatus = response.status();
        boolean bare = asked.isHead() || response.status() == 204 || response.status() == 304;
        switch (response.body()) {
            case ResponseBody.None none -> sendHead(response, bare ? none.announcedBytes() : 0);
            case ResponseBody.Bytes(byte[] bytes) -> {
                if (bare) {
                    sendHead(response, bytes.length);
                } else {
                    sendBytes(response, bytes);
                }
            }
            case ResponseBody.Stored(Pieces pieces) -> {
                try (pieces) {
                    if (bare) {
                        sendHead(response, pieces.lengthBytes());
                    } else {
                        sendStored(response, pieces);
                    }
                }
            }
            case ResponseBody.Streamed(ResponseBody.Writer writer) -> {
                if (bare) {
                    sendHead(response, asked.http10() ? ResponseHead.UNSAID : ResponseHead.CHUNKED);
                } else {
                    sendStreamed(response, writer);
                }
            }
        }
    }

    /** A 204 says no length; a 304 does, as COS does it: the Python SDK fails without. */
    private void sendHead(CosResponse response, long length) {
        boolean keepAlive = keepAlive();
        connection.complete(
                head(response, response.status() == 204 ? ResponseHead.UNSAID : length, keepAlive, 0), keepAlive);
    }

    private void sendBytes(CosResponse response, byte[] bytes) throws IOException {
        boolean keepAlive = keepAlive();
        if (bytes.length <= SMALL_BYTES && response.bytesPerSecond() == 0) {
            ByteBuf whole = head(response, bytes.length, keepAlive, bytes.length);
            sentBytes = bytes.length;
            connection.complete(whole.writeBytes(bytes), keepAlive);
            return;
        }
        Outbound out = outbound(response);
        out.head(head(response, bytes.length, keepAlive, 0));
        while (sentBytes < bytes.length) {
            int step = out.step(bytes.length - sentBytes);
            out.write(Unpooled.wrappedBuffer(bytes, (int) sentBytes, step));
            sentBytes += step;
        }
        out.confirmAll();
        connection.complete(Unpooled.EMPTY_BUFFER, keepAlive);
    }

    private void sendStored(CosResponse response, Pieces pieces) throws IOException {
        boolean keepAlive = keepAlive();
        long length = pieces.lengthBytes();
        boolean whole = length <= SMALL_BYTES && response.bytesPerSecond() == 0;
        ByteBuf last = Unpooled.EMPTY_BUFFER;
        Optional<Piece> first = Optional.empty();
        try {
            if (whole) {
                last = readWhole(response, pieces, keepAlive);
                sentBytes = length;
            } else {
                first = Optional.of(pieces.next().orElseThrow());
            }
        } catch (IOException | RuntimeException e) {
            sendInstead(e);
            return;
        }
        if (first.isPresent()) {
            sendPieces(response, first.get(), pieces, keepAlive);
        }
        connection.complete(last, keepAlive);
    }

    private Outbound outbound(CosResponse response) {
        Outbound out =
                new Outbound(channel, response.bytesPerSecond(), front.load().leaving());
        if (response.bytesPerSecond() == 0) {
            out.cork();
        }
        return out;
    }

    private void sendPieces(CosResponse response, Piece first, Pieces pieces, boolean keepAlive) throws IOException {
        Outbound out = outbound(response);
        out.head(head(response, pieces.lengthBytes(), keepAlive, 0));
        try {
            StoredSender.send(first, pieces, out);
        } finally {
            sentBytes = out.sentBytes();
        }
    }

    private ByteBuf readWhole(CosResponse response, Pieces pieces, boolean keepAlive) throws IOException {
        int length = (int) pieces.lengthBytes();
        ByteBuf whole = head(response, length, keepAlive, length);
        try {
            whole.ensureWritable(length);
            StoredSender.read(pieces, whole);
            return whole;
        } catch (IOException | RuntimeException e) {
            whole.release();
            throw e;
        }
    }

    /** Nothing was sent yet, so the client can still be told. */
    private void sendInstead(Exception cause) throws IOException {
        CosException error = cause instanceof CosException known ? known : CosError.INTERNAL_ERROR.causedBy(cause);
        send(refuse(error));
    }

    private void sendStreamed(CosResponse response, ResponseBody.Writer writer) throws IOException {
        boolean chunked = !asked.http10();
        boolean keepAlive = chunked && keepAlive();
        Outbound out =
                new Outbound(channel, response.bytesPerSecond(), front.load().leaving());
        ByteBuf head = head(response, chunked ? ResponseHead.CHUNKED : ResponseHead.UNSAID, keepAlive, 0);
        StreamedOutput output = new StreamedOutput(out, head, chunked);
        try {
            writer.writeTo(output);
            output.end();
        } finally {
            output.abandon();
            sentBytes = output.bodyBytes();
        }
        connection.complete(Unpooled.EMPTY_BUFFER, keepAlive);
    }

    private ByteBuf head(CosResponse response, long length, boolean keepAlive, int roomBytes) {
        ByteBuf head = channel.alloc().directBuffer(ResponseHead.estimateBytes(response) + roomBytes);
        ResponseHead.write(head, response, length, keepAlive, front.date().now());
        return head;
    }

    private boolean keepAlive() {
        return asked.keepAlive()
                && !front.closing().hasBegun()
                && (body == null
                        || body.leavesConnectionUsable(front.options().limits().drainBytes()));
    }

    private void cut(CosResponse response, Throwable cause) {
        if (channel.isActive()) {
            LOG.warn(
                    "The answer to request {} was cut short.",
                    response.header("x-cos-request-id").orElse("?"),
                    cause);
        } else {
            LOG.debug("The client went away.", cause);
        }
        connection.abort();
    }

    private void closeBody() {
        if (body != null) {
            body.close();
        }
    }
}
