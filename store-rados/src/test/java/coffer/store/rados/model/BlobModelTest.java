package coffer.store.rados.model;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.store.rados.model.BlobBounds.Breach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobModelTest {
    private static final int LIMIT = 4_000_000;

    /** The last column stands in the decision page: who changes the model sees it there. */
    @ParameterizedTest
    @CsvSource({
        // gateways, readers, renewals, collectors, states
        "2, 1, 3, 1, 176572",
        "2, 1, 2, 2, 468418",
    })
    void keepsItsPromisesInEveryState(int gateways, int readers, int renewals, int collectors, int states) {
        BlobBounds bounds = new BlobBounds(gateways, readers, renewals, collectors, Breach.NONE);
        Explorer.Result result = Explorer.explore(new BlobModel(bounds), LIMIT);
        assertThat(result.failure()).isEmpty();
        assertThat(result.states()).isEqualTo(states);
    }

    /** A minute: by hand, with <code>-Dcoffer.model.deep=true</code>. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "coffer.model.deep", matches = "true")
    @CsvSource({
        "2, 2, 1, 1, 921700",
        "2, 1, 3, 2, 1045168",
        "3, 1, 1, 1, 3071472",
    })
    void keepsThemInLargerWorlds(int gateways, int readers, int renewals, int collectors, int states) {
        keepsItsPromisesInEveryState(gateways, readers, renewals, collectors, states);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE_WITHOUT_MARK, 'the row names blob 0, whose data is gone'",
        "DISCARD_WITHOUT_MARK, 'the row names blob 0, whose data is gone'",
        "ADOPT_WITHOUT_GUARD, 'the row names blob 0, whose data is gone'",
        "MARK_WHILE_GARBAGE, 'reader 0 reads blob 0, whose data is gone'",
        "IGNORE_PINS, 'reader 0 reads blob 0, whose data is gone'",
        "ONE_RENEWAL, 'reader 0 reads blob 0, whose data is gone'",
        "NOTE_BEFORE_GARBAGE, 'reader 0 reads blob 0, whose data is gone'",
        "PIN_WITHOUT_LOOKING_AGAIN, 'reader 0 reads blob 0, whose data is gone'",
        "RENEW_WHEN_DEAD, 'reader 0 reads blob 0, whose data is gone'",
    })
    void tellsWhichRuleIsNeeded(Breach breach, String failure, TestReporter reporter) {
        Explorer.Result result = Explorer.explore(new BlobModel(new BlobBounds(2, 1, 2, 1, breach)), LIMIT);
        assertThat(result.failure()).isPresent();
        assertThat(result.failure().orElseThrow()).endsWith("=> " + failure);
        reporter.publishEntry(
                breach.name(), System.lineSeparator() + result.failure().orElseThrow());
    }

    /** Blob 0 is overwritten and freed, or was never adopted, without anybody being declared dead. */
    @Test
    void freesWhatIsReleasedOrFailedWhileAllLive() {
        BlobBounds bounds = new BlobBounds(2, 1, 3, 1, Breach.NONE);
        assertThat(freesFirstBlob(bounds, BlobState.UNMARKED)).isTrue();
        assertThat(freesFirstBlob(bounds, BlobState.DEAD)).isTrue();
    }

    private static boolean freesFirstBlob(BlobBounds bounds, byte mark) {
        BlobModel model = new BlobModel(bounds);
        return Reaching.reaches(model, data -> {
            BlobState state = new BlobState(bounds, data);
            boolean allLive = !state.isDeclaredDead(0) && !state.isDeclaredDead(1);
            return allLive
                    && new Uploader(0).isDone(state)
                    && state.mark(0) == mark
                    && state.named() == 2
                    && model.isSettled(data);
        });
    }
}
