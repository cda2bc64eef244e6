package coffer.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.address.BucketName;
import coffer.background.Next;
import coffer.background.Shift;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.event.Cause;
import coffer.event.EventRows;
import coffer.event.EventType;
import coffer.event.ObjectEvent;
import coffer.identity.Account;
import coffer.record.UniqueIds;
import coffer.store.memory.MemoryEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueueWorkerTest {
    private static final Instant START = Instant.parse("2026-02-01T08:00:00Z");

    private final MemoryEngine engine = new MemoryEngine();
    private final EventRows rows = new EventRows(engine.metadata());
    private Instant now = START;
    private final UniqueIds ids = new UniqueIds(() -> now, new Random(1));
    private final BucketService buckets =
            new BucketService(engine.metadata(), account -> OptionalInt.of(10), () -> now, ids);
    private final Bucket bucket = buckets.create(new Account("12345", "1"), BucketName.parse("b-12345"), "ap-x", false);
    private final Consumer consumer = new Consumer();
    private final QueueWorker worker = new QueueWorker("told", rows, buckets, () -> now, consumer, 2);

    /** Takes what it is given, but for keys that begin with a word that it does not like. */
    private static final class Consumer implements EventConsumer {
        private final List<String> told = Collections.synchronizedList(new ArrayList<>());
        private volatile String disliked = "none";

        @Override
        public String queues() {
            return "n/";
        }

        @Override
        public int consume(Bucket bucket, String queue, List<EventRows.Queued> due) {
            int done = 0;
            while (done < due.size() && !due.get(done).event().key().startsWith(disliked)) {
                told.add(due.get(done).event().key());
                done++;
            }
            return done;
        }

        @Override
        public Map<String, Long> figures() {
            return Map.of();
        }
    }

    private void enqueue(String queue, String key, Instant time) {
        ObjectEvent event = new ObjectEvent(
                EventType.REMOVED,
                ids.nextSequence(0),
                time,
                key,
                Optional.empty(),
                0,
                "",
                "",
                Cause.itself(Cause.Act.OTHER));
        rows.enqueue(bucket.space(), queue, List.of(event));
        worker.changed(bucket);
    }

    private Next work() {
        Next next = new Next.Now();
        for (int i = 0; i < 10 && next instanceof Next.Now; i++) {
            next = worker.work(new Shift(1_000_000, () -> false));
        }
        return next;
    }

    @Test
    void queuesThatWereThereBeforeAreFound() {
        for (int i = 0; i < 5; i++) {
            enqueue("n/1", "k" + i, START.plusMillis(i));
        }
        enqueue("other/1", "x", START);
        now = START.plusSeconds(1);
        work();
        assertThat(consumer.told).containsExactly("k0", "k1", "k2", "k3", "k4");
        assertThat(rows.queues(bucket.space())).containsExactly("other/1");
        assertThat(worker.figures()).containsEntry("queues", 0L).containsEntry("lagSeconds", 0L);
    }

    @Test
    void whatIsNotTakenIsTriedLaterAndLaterAndHoldsUpNoOtherQueue() {
        consumer.disliked = "bad";
        enqueue("n/1", "good", START);
        enqueue("n/1", "bad", START.plusMillis(1));
        enqueue("n/1", "behind", START.plusMillis(2));
        enqueue("n/2", "elsewhere", START);
        now = START.plusSeconds(1);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Next.At next = (Next.At) work();
            waits.add(Duration.between(now, next.time()));
            now = next.time();
        }
        assertThat(consumer.told).containsExactlyInAnyOrder("good", "elsewhere");
        assertThat(waits.subList(0, 4))
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(waits.getLast()).isEqualTo(Duration.ofMinutes(5));
        assertThat(worker.figures()).containsEntry("failing", 1L);
        assertThat(worker.figures().get("lagSeconds")).isGreaterThan(1000);
        consumer.disliked = "none";
        work();
        assertThat(consumer.told).endsWith("bad", "behind");
        assertThat(worker.figures()).containsEntry("failing", 0L).containsEntry("lagSeconds", 0L);
    }

    @Test
    void newEventsDoNotHurryAQueueThatIsTriedInVain() {
        consumer.disliked = "bad";
        enqueue("n/1", "bad", START);
        Next.At first = (Next.At) work();
        enqueue("n/1", "behind", START);
        assertThat(((Next.At) work()).time()).isEqualTo(first.time());
    }

    @Test
    void eventsOfTheFutureWait() {
        enqueue("n/1", "later", START.plusSeconds(3600));
        assertThat(((Next.At) work()).time()).isEqualTo(START.plusSeconds(3600));
        assertThat(consumer.told).isEmpty();
        enqueue("n/1", "now", START);
        work();
        assertThat(consumer.told).containsExactly("now");
        now = START.plusSeconds(3600);
        work();
        assertThat(consumer.told).containsExactly("now", "later");
    }

    @Test
    void theQueuesOfADeletedBucketAreForgotten() {
        consumer.disliked = "bad";
        enqueue("n/1", "bad", START);
        work();
        buckets.delete(bucket, List.of());
        now = START.plusSeconds(10);
        work();
        assertThat(worker.figures()).containsEntry("queues", 0L);
    }
}
