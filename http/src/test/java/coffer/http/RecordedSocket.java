package coffer.http;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection that remembers what came over it. */
final class RecordedSocket extends Socket {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    RecordedSocket(InetSocketAddress address) throws IOException {
        connect(address);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int octet = super.read();
                if (octet >= 0) {
                    received.write(octet);
                }
                return octet;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                if (count > 0) {
                    received.write(target, offset, count);
                }
                return count;
            }
        };
    }

    /** The type of the last TLS record (RFC 8446 section 5.1); records must be whole. */
    int lastRecordType() {
        byte[] octets = received.toByteArray();
        int type = -1;
        for (int at = 0; at < octets.length; at += 5 + (((octets[at + 3] & 0xff) << 8) | (octets[at + 4] & 0xff))) {
            type = octets[at];
        }
        return type;
    }
}
