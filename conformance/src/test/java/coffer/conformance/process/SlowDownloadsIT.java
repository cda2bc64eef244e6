package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.utils.IOUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Encrypted downloads pass through memory; many of them, whose clients do not take them, must not use it up. */
class SlowDownloadsIT {
    /** Without a bound each would have 512 KiB on its way: 150 MiB, of a server that may have 64 beside its heap. */
    private static final int SLOW = 300;

    private static final int HEAP_MIB = 64;

    /** More than the kernel takes for a client that reads nothing. */
    private static final int OBJECT_BYTES = 16 << 20;

    private final CofferProcess server = CofferProcess.start(
            Scratch.directory("slow-").resolve("data"), Map.of("COFFER_JAVA_OPTS", "-Xmx" + HEAP_MIB + "m"));
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, "slow-1250000000");
    private final List<RawConnection> connections = new ArrayList<>();

    @AfterEach
    void stop() {
        connections.forEach(RawConnection::close);
        cos.shutdown();
        server.close();
    }

    @Test
    void manySlowClientsLeaveRoomForTheOthersAndGetAllInTheEnd() throws IOException {
        byte[] bytes = Scratch.bytes(OBJECT_BYTES, 1);
        ObjectMetadata encrypted = new ObjectMetadata();
        encrypted.setContentLength(bytes.length);
        encrypted.setServerSideEncryption("AES256");
        cos.putObject(bucket.name(), "k", new ByteArrayInputStream(bytes), encrypted);
        assertThat(download()).isEqualTo(bytes);
        long before = server.residentBytes();

        RawRequest get = bucket.request("GET", "/k").signed();
        for (int i = 0; i < SLOW; i++) {
            RawConnection connection = RawConnection.open(server);
            connections.add(connection);
            connection.send(get.head());
        }
        long begun = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            assertThat(download()).isEqualTo(bytes);
        }
        long millis = (System.nanoTime() - begun) / 1_000_000;
        long grown = (server.residentBytes() - before) >> 20;
        System.err.printf("slow: %d MiB more for %d slow downloads, 5 others took %d ms%n", grown, SLOW, millis);
        assertThat(millis).isLessThan(20_000);
        assertThat(grown).isLessThan(HEAP_MIB);
        for (RawConnection connection : connections.subList(0, 10)) {
            assertThat(connection.read(get).body()).isEqualTo(bytes);
        }
        assertThat(server.log()).doesNotContain("OutOfMemory", "cut short");
    }

    private byte[] download() throws IOException {
        return IOUtils.toByteArray(cos.getObject(bucket.name(), "k").getObjectContent());
    }
}
