package coffer.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How sockets are served: natively by epoll where that loads, else by the JDK. */
enum Transport {
    EPOLL(EpollServerSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }
    },
    NIO(NioServerSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }
    };

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    private final Class<? extends ServerSocketChannel> serverChannel;

    Transport(Class<? extends ServerSocketChannel> serverChannel) {
        this.serverChannel = serverChannel;
    }

    /** The better one that works here. */
    static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    Class<? extends ServerSocketChannel> serverChannel() {
        return serverChannel;
    }

    abstract IoHandlerFactory handlers();

    /**
     * Has the kernel send full segments only, until it is released. A head that goes out as a segment of its own before
     * megabytes makes the receiver's kernel believe that segments are small and keep its window at 300 KiB instead of
     * megabytes. Without effect where there is no such thing and on a channel that is closed.
     */
    static void cork(Channel channel, boolean held) {
        if (channel.config() instanceof EpollSocketChannelConfig socket) {
            try {
                socket.setTcpCork(held);
            } catch (ChannelException e) {
                LOG.debug("A connection is not corked.", e);
            }
        }
    }
}
