package coffer.http;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import coffer.api.RequestBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: requests one after another, each handed to an {@link Exchange} and answered before the next is looked
 * at. All of it belongs to the event loop; {@link #complete}, {@link #abort}, {@link #closeIfIdle} and the methods of
 * {@link BodyQueue.Flow} come from other threads and send themselves there.
 */
final class Connection extends ChannelInboundHandlerAdapter implements BodyQueue.Flow {
    /** Reading is off while requests wait, but once the client has shut its side the kernel hands over all it has. */
    private static final int MAX_BACKLOG_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final Front front;
    private final Wire wire;
    private final Channel channel;
    private final boolean slowDown;
    private final RequestDecoder decoder;
    private final Inbox inbox;
    private final Deadline deadline;
    private final WriteStall stall;

    private Phase phase = Phase.HEAD;
    private @Nullable BodyDecoder bodyDecoder;
    private @Nullable BodyQueue body;

    /** Some of a head is there, and its time runs. */
    private boolean headBegun;

    /** What comes in can no longer be understood. */
    private boolean deaf;

    private boolean inputEnded;
    private long lingerUntil;

    /** For a registered channel. With {@code slowDown} the first request is refused and the connection closed. */
    Connection(Front front, Wire wire, boolean slowDown) {
        this.front = front;
        this.wire = wire;
        this.channel = wire.channel();
        this.slowDown = slowDown;
        this.decoder = new RequestDecoder(front.options().limits());
        this.inbox = new Inbox(channel.alloc());
        this.deadline = new Deadline(channel.eventLoop(), this::expired);
        this.stall = new WriteStall(channel);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        deadline.in(times().idle().toNanos());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf octets = (ByteBuf) message;
        if (wire.begin(octets)) {
            awaitHandshake();
        } else if (phase == Phase.CLOSED || deaf) {
            octets.release();
        } else {
            inbox.add(octets);
            proceed();
        }
        if (phase == Phase.LINGER) {
            linger();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            wire.secured();
            awaitRequest();
        } else if (event == ChannelInputShutdownEvent.INSTANCE || event instanceof SslCloseCompletionEvent) {
            inputEnded = true;
            if (bodyDecoder != null) {
                loseBody(CosError.INCOMPLETE_BODY.exception());
            }
            if (phase != Phase.EXCHANGE) {
                close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        phase = Phase.CLOSED;
        deadline.stop();
        inbox.clear();
        if (body != null) {
            body.fail(CosError.INCOMPLETE_BODY.exception());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            LOG.debug("A connection was lost.", cause);
        } else {
            LOG.error("A connection is closed for a fault of ours.", cause);
        }
        close();
    }

    /** Sends the last octets of an answer; the next request has its turn when the kernel has them. Takes them over. */
    void complete(ByteBuf last, boolean keepAlive) {
        try {
            channel.eventLoop().execute(() -> finish(last, keepAlive));
        } catch (RejectedExecutionException e) {
            last.release();
            front.load().end();
        }
    }

    /** Cuts the connection in the middle of an answer. */
    void abort() {
        front.load().end();
        wire.cut();
    }

    /** Closes the connection unless it is in the middle of a request; then its next answer is the last one. */
    void closeIfIdle() {
        channel.eventLoop().execute(() -> {
            if (phase == Phase.DRAIN || (phase == Phase.HEAD && !headBegun)) {
                close();
            }
        });
    }

    @Override
    public void sendContinue() {
        ChannelFuture _ = channel.writeAndFlush(Unpooled.wrappedBuffer(ResponseHead.interimContinue()));
    }

    @Override
    public void resumeReading() {
        channel.eventLoop().execute(() -> {
            if (bodyDecoder != null) {
                listen();
            }
        });
    }

    /** Understands as much of what is there as may be understood now. */
    private void proceed() {
        boolean moved = true;
        while (moved && !deaf && phase != Phase.CLOSED) {
            if (bodyDecoder != null) {
                moved = receiveBody(bodyDecoder);
            } else if (phase == Phase.EXCHANGE) {
                moved = false;
                holdBack();
            } else {
                moved = receiveHead();
            }
        }
        if (deaf) {
            inbox.clear();
        } else {
            inbox.trim();
        }
    }

    private boolean receiveBody(BodyDecoder decoding) {
        BodyQueue target = body;
        if (target == null || inbox.isEmpty()) {
            return false;
        }
        try {
            if (!decoding.decode(inbox.octets(), target)) {
                if (target.isFull()) {
                    channel.config().setAutoRead(false);
                }
                return false;
            }
        } catch (CosException broken) {
            loseBody(broken);
            return false;
        }
        target.complete();
        bodyDecoder = null;
        if (phase == Phase.DRAIN) {
            awaitRequest();
        }
        return true;
    }

    /** What follows the request being answered is the next one, and stays in the kernel as far as possible. */
    private void holdBack() {
        if (!inbox.isEmpty()) {
            channel.config().setAutoRead(false);
            if (inbox.octets().readableBytes() > MAX_BACKLOG_BYTES) {
                close();
            }
        }
    }

    private boolean receiveHead() {
        if (inbox.isEmpty()) {
            return false;
        }
        try {
            RequestHead head = decoder.decode(inbox.octets());
            if (head != null) {
                begin(head);
                return true;
            }
            if (!headBegun) {
                headBegun = true;
                deadline.in(times().head().toNanos());
            }
        } catch (CosException refused) {
            deaf = true;
            front.load().begin();
            front.load().malformed();
            start(new Exchange.Refused(refused, decoder.isHead(), false));
        }
        return false;
    }

    private void begin(RequestHead head) {
        wire.requireTls();
        if (head.method().equals(RequestDecoder.CONNECT)) {
            connect(head);
            return;
        }
        body = null;
        if (head.bodyBytes() != 0) {
            body = new BodyQueue(head, front.load().queued(), front.options().slowBody(), this);
            bodyDecoder = BodyDecoder.of(head);
        }
        HttpRequest request = new HttpRequest(
                head.method(),
                head.target(),
                head.headers(),
                body == null ? RequestBody.EMPTY : body,
                wire.remoteAddress(),
                wire.tlsVersion());
        boolean admitted = front.load().begin() && !slowDown;
        Gateway.Prepared prepared = front.gateway().prepare(request);
        if (admitted || prepared.isVital()) {
            start(new Exchange.Request(head, prepared));
        } else {
            front.load().refused();
            start(new Exchange.Refused(
                    CosError.SLOW_DOWN.exception(), head.method().equals("HEAD"), head.keepAlive() && !slowDown));
        }
    }

    /** The client takes us for its proxy to ourselves: what follows is TLS and nothing else. */
    private void connect(RequestHead head) {
        if (slowDown) {
            throw CosError.SLOW_DOWN.exception();
        }
        front.tls().requireTunnel(head, wire.tlsVersion().isPresent());
        headBegun = false;
        awaitHandshake();
        wire.tunnel(inbox.take());
    }

    private void awaitHandshake() {
        deadline.in(times().head().toNanos());
    }

    private void start(Exchange.Asked asked) {
        phase = Phase.EXCHANGE;
        headBegun = false;
        deadline.in(times().write().toNanos() / 4);
        boolean brief = !(asked instanceof Exchange.Request request)
                || request.prepared().isBrief();
        front.threads().start(channel.eventLoop(), brief, new Exchange(this, front, channel, asked, body));
    }

    private void finish(ByteBuf last, boolean keepAlive) {
        ChannelFuture written = channel.writeAndFlush(last);
        if (written.isDone()) {
            next(written, keepAlive);
        } else {
            ChannelFuture _ = written.addListener(_ -> next(written, keepAlive));
        }
    }

    private void next(ChannelFuture written, boolean keepAlive) {
        front.load().end();
        if (phase == Phase.CLOSED) {
            return;
        }
        if (!written.isSuccess()) {
            close();
        } else if (!keepAlive || deaf) {
            closeGently();
        } else {
            if (bodyDecoder == null) {
                awaitRequest();
            } else {
                phase = Phase.DRAIN;
                deadline.in(front.options().slowBody().silence().toNanos());
            }
            proceed();
            listen();
        }
    }

    private void awaitRequest() {
        phase = Phase.HEAD;
        body = null;
        deadline.in(times().idle().toNanos());
    }

    /** Goes on reading if there is anything to be read: reading may have been off since the request before. */
    private void listen() {
        boolean wanted = bodyDecoder == null ? phase != Phase.EXCHANGE : body == null || !body.isFull();
        if (phase == Phase.HEAD && !headBegun && (inputEnded || front.closing().hasBegun())) {
            close();
        } else if (wanted && phase != Phase.CLOSED) {
            channel.config().setAutoRead(true);
        }
    }

    private void loseBody(CosException cause) {
        deaf = true;
        bodyDecoder = null;
        if (body != null) {
            body.fail(cause);
        }
        if (phase == Phase.DRAIN) {
            close();
        }
    }

    /**
     * Closes so that the client can read its answer: octets that arrive at a closed socket are answered with a reset,
     * which makes the client's kernel forget what it has received. Source: RFC 9112 section 9.6.
     */
    private void closeGently() {
        boolean moreToCome = deaf || bodyDecoder != null || !inbox.isEmpty();
        if (!moreToCome || inputEnded || !wire.endOutput()) {
            close();
            return;
        }
        phase = Phase.LINGER;
        deaf = true;
        bodyDecoder = null;
        inbox.clear();
        lingerUntil = now() + times().linger().toNanos();
        channel.config().setAutoRead(true);
        linger();
    }

    private void linger() {
        deadline.in(Math.min(times().lingerSilence().toNanos(), lingerUntil - now()));
    }

    private void expired() {
        if (phase == Phase.EXCHANGE && stall.nanos() < times().write().toNanos()) {
            deadline.in(times().write().toNanos() / 4);
        } else {
            wire.cut();
        }
    }

    /** Closes the connection now; from any thread. */
    void close() {
        wire.close();
    }

    private long now() {
        return channel.eventLoop().ticker().nanoTime();
    }

    private HttpOptions.Timeouts times() {
        return front.options().timeouts();
    }
}
