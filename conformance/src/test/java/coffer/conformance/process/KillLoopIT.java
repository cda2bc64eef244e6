package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that is killed again and again under load. */
class KillLoopIT {
    private static final String BUCKET = "loop-1250000000";

    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("loop-").resolve("data"));
    private final COSClient cos = JavaSdk.client(server);
    private final ChangingKeys keys = new ChangingKeys(List.of(TestBucket.create(server, cos, BUCKET)));

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingElseAppears() throws InterruptedException, ExecutionException {
        long seed = Long.getLong("coffer.kill.seed", System.nanoTime());
        int rounds = Integer.getInteger("coffer.kill.rounds", 4);
        System.err.println("killed " + rounds + " times with seed " + seed);
        Random random = new Random(seed);
        for (int round = 1; round <= rounds; round++) {
            keys.workDuring(random, round, () -> {
                LockSupport.parkNanos(300_000_000L + random.nextInt(1_500_000_000));
                server.kill();
            });
            server.startAgain();
            keys.checkAll();
        }
        server.askToStop();
        assertThat(server.exitCode()).isZero();
        CofferProcess.Ended verified = CofferProcess.verify(server.dataDirectory(), "--repair");
        assertThat(verified.output()).doesNotContain("LOSS").doesNotContain("DAMAGE");
        assertThat(verified.exitCode()).as(verified.output()).isZero();
    }
}
