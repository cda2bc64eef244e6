package coffer.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.record.UniqueIds;
import coffer.store.memory.MemoryEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders as they are read, and the tasks that become of them. */
class FetchTasksTest {
    private static final Bucket BUCKET = new Bucket(
            "b-1250000000",
            "1250000000",
            "100000000001",
            "ap-guangzhou",
            Instant.EPOCH,
            "space",
            false,
            Bucket.State.ACTIVE,
            0,
            Map.of());

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-02-02T08:00:00Z"));
    private final MemoryEngine engine = new MemoryEngine();
    private FetchTasks tasks = tasks();

    private FetchTasks tasks() {
        FetchTasks opened = new FetchTasks(engine.metadata(), now::get, new UniqueIds(now::get, new Random(1)));
        opened.load();
        return opened;
    }

    private static FetchOrder order(String more) {
        return FetchOrder.read(("{\"Url\":\"http://a/\",\"Key\":\"k\"" + more + "}").getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|false",
                ",\"IgnoreSameKey\":true|true",
                ",\"ignoreSameKey\":\"True\"|true",
                ",\"IgnoreSameKey\":true,\"OnKeyExist\":\"override\"|false",
                ",\"OnKeyExist\":\"Ignore\"|true",
                ",\"OnKeyExist\":\"\",\"IgnoreSameKey\":null|false",
            })
    void whatIsThereStaysIfTheOrderSaysSo(String more, boolean keeps) {
        assertThat(order(more).keepsExisting()).isEqualTo(keeps);
    }

    @Test
    void aUrlWithoutASchemeIsOfHttp() {
        FetchOrder order = FetchOrder.read("{\"url\":\"a.example.com/doc\",\"key\":\"k\"}".getBytes(UTF_8));
        assertThat(order.url()).isEqualTo("http://a.example.com/doc");
    }

    @ParameterizedTest
    @CsvSource({"900150983cd24fb0d6963f7d28e17f72", "900150983CD24FB0D6963F7D28E17F72", "kAFQmDzST7DWlj99KOF/cg=="})
    void digestsAreHexOrBase64(String md5) {
        assertThat(order(",\"MD5\":\"" + md5 + "\"").md5()).contains("kAFQmDzST7DWlj99KOF/cg==");
    }

    @Test
    void credentialsAreInNoText() {
        FetchOrder order = FetchOrder.read("{\"Url\":\"http://a/?token=SECRET\",\"Key\":\"k\"}".getBytes(UTF_8));
        FetchTask task = FetchTask.of("id", "b", "space", order, now.get());
        assertThat(task.toString()).doesNotContain("SECRET");
        assertThatThrownBy(() -> FetchOrder.read("{\"Url\":\"http://u:SECRET@a/\",\"Key\":\"k\"}".getBytes(UTF_8)))
                .isInstanceOf(CosException.class)
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void tasksAreDoneInTheOrderTheyFallDueAlsoByTheNextServer() {
        FetchTask first = tasks.order(BUCKET, order(",\"SuccessCallbackUrl\":\"http://a/told\""));
        FetchTask second = tasks.order(BUCKET, order(""));
        assertThat(tasks.take()).contains(first);
        tasks.update(first.again(now.get().plusSeconds(5)));
        assertThat(tasks.take()).contains(second);
        assertThat(tasks.take()).isEmpty();
        now.set(now.get().plusSeconds(5));
        tasks = tasks();
        assertThat(tasks.unfinished()).isEqualTo(2);
        assertThat(tasks.take()).map(FetchTask::id).contains(second.id());
        FetchTask again = tasks.take().orElseThrow();
        assertThat(again.attempts()).isEqualTo(1);
        tasks.update(again.with(new FetchTask.Result(true, "", ""), now.get()));
        FetchTask telling = tasks.take().orElseThrow();
        assertThat(telling.stage()).isEqualTo(FetchTask.Stage.TELLING);
        assertThat(tasks.percent(telling)).isEqualTo(100);
        tasks.update(telling.ended(now.get()));
        tasks.update(second.with(new FetchTask.Result(false, "NoSuchBucket", "It is gone."), now.get()));
        assertThat(tasks.unfinished()).isZero();
        tasks = tasks();
        assertThat(tasks.unfinished()).isZero();
        assertThat(tasks.take()).isEmpty();
        assertThat(tasks.find(BUCKET, first.id()).flatMap(FetchTask::result).map(FetchTask.Result::isDone))
                .isEqualTo(Optional.of(true));
    }

    /** Another process on the same store, which is told of what is ordered here. */
    @Test
    void whatIsOrderedInOneProcessIsDoneByAnother() {
        FetchTasks other = tasks();
        FetchTask task = tasks.order(BUCKET, order(""));
        assertThat(other.take()).isEmpty();
        other.ordered(tasks.takeOrdered());
        assertThat(tasks.take()).isEmpty();
        FetchTask taken = other.take().orElseThrow();
        assertThat(taken).isEqualTo(task);
        other.watch(taken, 200).add(50);
        other.publish();
        assertThat(tasks.percent(task)).isEqualTo(25);
    }

    @Test
    void whatWasNotToldOfIsFoundNevertheless() {
        FetchTasks other = tasks();
        FetchTask task = tasks.order(BUCKET, order(""));
        other.forget(Instant.EPOCH);
        assertThat(other.take()).contains(task);
    }

    /** Who leads no longer and comes late with what it did takes nothing back. */
    @Test
    void aTaskGoesOnFromWhereTheNextProcessBroughtIt() {
        FetchTask task = tasks.order(BUCKET, order(""));
        FetchTask mine = tasks.take().orElseThrow();
        FetchTasks next = tasks();
        FetchTask theirs = next.take().orElseThrow();
        next.update(theirs.with(new FetchTask.Result(true, "", ""), now.get()));
        tasks.update(mine.again(now.get()));
        assertThat(tasks.find(BUCKET, task.id()).map(FetchTask::stage)).contains(FetchTask.Stage.ENDED);
        assertThat(tasks.take()).isEmpty();
        assertThat(tasks.unfinished()).isZero();
    }

    @Test
    void theyAreForgottenSomeTimeAfterTheyEnded() {
        FetchTask ended = tasks.order(BUCKET, order(""));
        FetchTask open = tasks.order(BUCKET, order(""));
        tasks.update(tasks.take().orElseThrow().with(new FetchTask.Result(true, "", ""), now.get()));
        tasks.forget(now.get());
        assertThat(tasks.find(BUCKET, ended.id())).isPresent();
        tasks.forget(now.get().plus(Duration.ofSeconds(1)));
        assertThat(tasks.find(BUCKET, ended.id())).isEmpty();
        assertThat(tasks.find(BUCKET, open.id())).isPresent();
    }
}
