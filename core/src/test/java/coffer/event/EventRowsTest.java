package coffer.event;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.RowGroup;
import coffer.store.memory.MemoryEngine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventRowsTest {
    private static final Instant TIME = Instant.parse("2026-02-01T08:00:00Z");
    private static final String SPACE = "b-1";

    private final MemoryEngine engine = new MemoryEngine();
    private final EventRows rows = new EventRows(engine.metadata());

    private static ObjectEvent event(long sequence, String key, Instant time) {
        return new ObjectEvent(
                EventType.CREATED_BY_PUT,
                sequence,
                time,
                key,
                Optional.of("v"),
                5,
                "etag",
                "text/plain",
                new Cause(Cause.Act.PUT, "somebody", "127.0.0.1", "id"));
    }

    private void post(ObjectEvent event, Instant due, String... queues) {
        RowGroup group = new RowGroup(SPACE, event.key());
        Change change = EventRows.post(group, event, due, List.of(queues));
        assertThat(engine.metadata().commit(Commit.ofRows(group, List.of(), List.of(change))))
                .isTrue();
    }

    private List<ObjectEvent> queue(String queue) {
        return rows.first(SPACE, queue, 100).stream()
                .map(EventRows.Queued::event)
                .toList();
    }

    @Test
    void eventsGoToTheirQueuesInTheOrderOfTheirTime() {
        ObjectEvent late = event(3, "a", TIME.plusSeconds(1));
        ObjectEvent early = event(2, "z", TIME);
        post(late, late.time(), "n/1");
        post(early, early.time(), "n/1", "n/2");
        assertThat(rows.queues(SPACE)).isEmpty();
        assertThat(rows.distribute(SPACE)).isEqualTo(2);
        assertThat(rows.distribute(SPACE)).isZero();
        assertThat(rows.queues(SPACE)).containsExactly("n/1", "n/2");
        assertThat(queue("n/1")).containsExactly(early, late);
        assertThat(queue("n/2")).containsExactly(early);
    }

    @Test
    void whatIsDistributedAgainIsNotThereTwice() {
        ObjectEvent event = event(2, "a", TIME);
        for (int i = 0; i < 2; i++) {
            post(event, TIME, "n/1");
            rows.distribute(SPACE);
        }
        assertThat(queue("n/1")).containsExactly(event);
    }

    /** As two processes may give it in the same microsecond. */
    @Test
    void eventsOfTwoKeysMayHaveTheSameSequence() {
        ObjectEvent one = event(7, "a", TIME);
        ObjectEvent other = event(7, "b", TIME);
        post(one, TIME, "n/1");
        post(other, TIME, "n/1");
        rows.distribute(SPACE);
        assertThat(queue("n/1")).containsExactlyInAnyOrder(one, other);
        assertThat(one.uniqueId()).isNotEqualTo(other.uniqueId());
    }

    @Test
    void whatIsDueLaterStandsBehind() {
        ObjectEvent later = event(2, "a", TIME);
        ObjectEvent now = event(3, "a", TIME.plusSeconds(10));
        post(later, TIME.plusSeconds(3600), "n/1");
        post(now, now.time(), "n/1");
        rows.distribute(SPACE);
        List<EventRows.Queued> first = rows.first(SPACE, "n/1", 100);
        assertThat(first).extracting(EventRows.Queued::event).containsExactly(now, later);
        assertThat(EventRows.due(first.getLast())).isEqualTo(TIME.plusSeconds(3600));
    }

    @Test
    void whatWasToldIsTakenOff() {
        for (int i = 0; i < 5; i++) {
            post(event(10 + i, "k" + i, TIME.plusSeconds(i)), TIME.plusSeconds(i), "n/1");
        }
        rows.distribute(SPACE);
        rows.remove(rows.first(SPACE, "n/1", 3));
        assertThat(queue("n/1")).extracting(ObjectEvent::key).containsExactly("k3", "k4");
        rows.remove(rows.first(SPACE, "n/1", 3));
        assertThat(rows.queues(SPACE)).isEmpty();
    }
}
