package coffer.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.address.BucketName;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.identity.Account;
import coffer.record.UniqueIds;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.memory.MemoryEngine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BucketServiceTest {
    private static final Account ACCOUNT = new Account("1250000000", "100000000001");
    private static final char ANY_KIND = 'x';
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-02-02T08:00:00Z"));

    private final MemoryEngine engine = new MemoryEngine();
    private final BucketService buckets =
            new BucketService(engine, BucketLimits.USUAL, CLOCK, new UniqueIds(CLOCK, new Random(1)));

    @Test
    void anAccountHas200BucketsAtMost() {
        for (int i = 0; i < 200; i++) {
            create("b" + i + "-1250000000");
        }
        assertThat(buckets.list(ACCOUNT)).hasSize(200);
        assertThat(error(() -> create("one-more-1250000000"))).isEqualTo(CosError.TOO_MANY_BUCKETS);
        assertThat(error(() -> create("b7-1250000000"))).isEqualTo(CosError.BUCKET_ALREADY_OWNED_BY_YOU);
        buckets.delete(buckets.find("b7-1250000000").orElseThrow(), List.of());
        assertThat(create("one-more-1250000000").region()).isEqualTo("ap-guangzhou");
    }

    @Test
    void nobodyTakesAnothersNames() {
        assertThat(error(() -> create("b-1300000000"))).isEqualTo(CosError.ACCESS_DENIED);
        assertThat(buckets.find("b-1300000000")).isEmpty();
    }

    @Test
    void aBucketMadeAgainKnowsNothingOfTheOneBefore() {
        Bucket first = create("b-1250000000");
        buckets.delete(first, List.of(ANY_KIND));
        Bucket second = create("b-1250000000");
        assertThat(second.space()).isNotEqualTo(first.space());
        assertThat(buckets.confirm(second)).isTrue();
        assertThat(buckets.confirm(first)).isFalse();
    }

    @Test
    void aBucketWithRowsStays() {
        Bucket bucket = create("b-1250000000");
        RowKey row = new RowGroup(bucket.space(), "key").row(ANY_KIND);
        engine.commit(Commit.ofRows(row.group(), List.of(), List.of(Change.put(row, new byte[] {1}))));
        assertThat(error(() -> buckets.delete(bucket, List.of('y', ANY_KIND)))).isEqualTo(CosError.BUCKET_NOT_EMPTY);
        assertThat(buckets.confirm(bucket)).isTrue();
        buckets.delete(bucket, List.of('y'));
        assertThat(buckets.find("b-1250000000")).isEmpty();
        assertThat(engine.get(row)).isEmpty();
    }

    /** Another process calls a delete off, somebody writes, a third one begins to delete: the first one must see that. */
    @Test
    void aDeleteThatWasCalledOffDoesNotEndTheNextOne() {
        Bucket bucket = create("b-1250000000");
        Bucket deleting = bucket.with(Bucket.State.DELETING);
        BucketService other = new BucketService(engine, BucketLimits.USUAL, CLOCK, new UniqueIds(CLOCK, new Random(2)));
        RowKey row = BucketService.row(bucket.name());
        engine.commit(Commit.put(row, deleting.toBytes()));
        assertThat(other.unfinished()).hasSize(1);
        other.recover();
        Bucket active = other.find(bucket.name()).orElseThrow();
        assertThat(active.state()).isEqualTo(Bucket.State.ACTIVE);
        engine.commit(Commit.put(row, active.with(Bucket.State.DELETING).toBytes()));
        assertThat(buckets.change(deleting, List.of(Change.delete(row)))).isFalse();
        assertThat(buckets.find(bucket.name())).isPresent();
    }

    private Bucket create(String name) {
        return buckets.create(ACCOUNT, BucketName.parse(name), "ap-guangzhou", false);
    }

    private static CosError error(ThrowingCallable call) {
        return catchThrowableOfType(CosException.class, call).error();
    }
}
