package coffer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.address.BucketName;
import coffer.bucket.Bucket;
import coffer.bucket.BucketLimits;
import coffer.bucket.BucketService;
import coffer.identity.AccessKey;
import coffer.identity.Account;
import coffer.identity.Caller;
import coffer.identity.SignedParts;
import coffer.record.UniqueIds;
import coffer.store.memory.MemoryEngine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

class S3BucketNamesTest {
    private static final Account ANN = new Account("1250000000", "100000000001");
    private static final Account BOB = new Account("1250000001", "100000000002");
    private static final Account CY = new Account("1250000002", "100000000003");

    private Instant now = Instant.parse("2026-02-02T08:00:00Z");
    private final InstantSource clock = () -> now;
    private final BucketService buckets =
            new BucketService(new MemoryEngine(), BucketLimits.USUAL, clock, new UniqueIds(clock, new Random(1)));
    private final S3BucketNames names = new S3BucketNames(buckets);

    @Test
    void theOwnBucketGoesBeforeThoseOfOthers() {
        create("photos-1250000001", BOB);
        create("photos-1250000000", ANN);
        assertThat(names.full("photos", by(ANN))).isEqualTo("photos-1250000000");
        assertThat(names.full("photos", by(BOB))).isEqualTo("photos-1250000001");
    }

    @Test
    void othersFindTheOldest() {
        create("photos-1250000001", BOB);
        now = now.plusSeconds(1);
        create("photos-1250000000", ANN);
        assertThat(names.full("photos", by(CY))).isEqualTo("photos-1250000001");
        assertThat(names.full("photos", new Caller.Anonymous())).isEqualTo("photos-1250000001");
    }

    @Test
    void theFullNameMeansItself() {
        create("photos-1250000001", BOB);
        assertThat(names.full("photos-1250000001", by(ANN))).isEqualTo("photos-1250000001");
        assertThat(names.full("photos-1250000001", by(BOB))).isEqualTo("photos-1250000001");
    }

    /** {@code a-1} is no bucket {@code a} of an account 1, and {@code a-b} none of {@code a}. */
    @Test
    void isNotMisledByNamesThatBeginAlike() {
        create("a-1-1250000001", BOB);
        create("a-b-1250000001", BOB);
        assertThat(names.foreign("a")).isEmpty();
        assertThat(names.foreign("a-1")).map(Bucket::name).contains("a-1-1250000001");
        assertThat(names.full("a", new Caller.Anonymous())).isEqualTo("a");
    }

    @Test
    void whatIsNotThereHasTheNameThatTheCallerWouldGiveIt() {
        assertThat(names.full("photos", by(ANN))).isEqualTo("photos-1250000000");
        assertThat(S3BucketNames.own("photos-1250000000", "1250000000")).isEqualTo("photos-1250000000");
        assertThat(S3BucketNames.own("photos-1250000001", "1250000000")).isEqualTo("photos-1250000001-1250000000");
    }

    @Test
    void isShownWithoutTheNumber() {
        assertThat(S3BucketNames.shown(create("my-photos-1250000000", ANN))).isEqualTo("my-photos");
    }

    private Bucket create(String name, Account account) {
        return buckets.create(account, BucketName.parse(name), "ap-guangzhou", false);
    }

    private static Caller by(Account account) {
        return Caller.Signed.with(
                new AccessKey("AKIDbucketNames000000000000000000001", "secretOfBucketNames", account),
                SignedParts.OF_FORM);
    }
}
