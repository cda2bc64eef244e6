package coffer.store.rados;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PendingCommitTest {
    private final PendingCommit commit = new PendingCommit(new byte[] {1});

    @Test
    void aTurnThatComesBeforeItsThreadWaitsIsNotLost() {
        commit.lead();
        assertThat(commit.await()).isEqualTo(PendingCommit.Outcome.LEAD);
        assertThat(commit.isDone()).isFalse();
        commit.complete(PendingCommit.Outcome.DONE);
        assertThat(commit.outcome()).isEqualTo(PendingCommit.Outcome.DONE);
    }

    @Test
    void itsThreadLearnsWhyItFailed() {
        StoreException why = new StoreException(StoreException.Reason.UNKNOWN, "no answer");
        commit.fail(why);
        assertThatThrownBy(commit::await).isSameAs(why);
        assertThatThrownBy(commit::outcome).isSameAs(why);
    }

    @Test
    void itCanBeTriedElsewhere() {
        commit.complete(PendingCommit.Outcome.ELSEWHERE);
        assertThat(commit.await()).isEqualTo(PendingCommit.Outcome.ELSEWHERE);
        commit.reset();
        assertThat(commit.isDone()).isFalse();
        commit.complete(PendingCommit.Outcome.REFUSED);
        assertThat(commit.await()).isEqualTo(PendingCommit.Outcome.REFUSED);
        assertThat(commit.outcome()).isEqualTo(PendingCommit.Outcome.REFUSED);
    }
}
