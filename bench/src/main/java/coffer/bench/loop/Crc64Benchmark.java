package coffer.bench.loop;

import coffer.checksum.Crc64;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What each byte of a body costs, and what the combination of two checksums does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Crc64Benchmark {
    @Param({"4096", "1048576"})
    private int bytes;

    private byte[] body = new byte[0];

    @Setup
    public void fill() {
        body = new byte[bytes];
        new Random(1).nextBytes(body);
    }

    @Benchmark
    public long crc64() {
        return Crc64.of(body);
    }

    @Benchmark
    public long crc32c() {
        CRC32C crc = new CRC32C();
        crc.update(body);
        return crc.getValue();
    }

    @Benchmark
    public byte[] md5() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("MD5").digest(body);
    }

    @Benchmark
    public long combine() {
        return Crc64.combine(0x1234_5678_9abc_def0L, 0x0fed_cba9_8765_4321L, bytes);
    }
}
