package coffer.store.rados.model;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.store.rados.model.RangeBounds.Breach;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeModelTest {
    private static final int LIMIT = 4_000_000;

    /** The last column stands in the decision page: who changes the model sees it there. */
    @ParameterizedTest
    @CsvSource({
        // keys, plans, planners, finishers, commits, in flight, listing, states
        "2, 1, 1, 2, 2, 2, true, 142226",
        "2, 2, 1, 2, 1, 1, false, 69768",
        "2, 2, 1, 1, 2, 2, true, 282304",
        "2, 2, 2, 1, 1, 1, false, 180695",
        "2, 3, 1, 1, 1, 1, false, 57643",
        "3, 2, 1, 1, 1, 1, true, 112001",
    })
    void keepsItsPromisesInEveryState(
            int keys, int plans, int planners, int finishers, int commits, int inFlight, boolean listing, int states) {
        RangeBounds bounds = new RangeBounds(keys, plans, planners, finishers, commits, inFlight, listing, Breach.NONE);
        Explorer.Result result = Explorer.explore(new RangeModel(bounds), LIMIT);
        assertThat(result.failure()).isEmpty();
        assertThat(result.states()).isEqualTo(states);
    }

    /** Minutes: by hand, with <code>-Dcoffer.model.deep=true</code>. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "coffer.model.deep", matches = "true")
    @CsvSource({
        "2, 2, 2, 2, 1, 1, false, 1801805",
        "2, 3, 1, 1, 2, 2, false, 1008956",
        "2, 3, 1, 2, 1, 1, false, 1836103",
        "2, 3, 2, 1, 1, 1, false, 2997022",
        "3, 2, 2, 1, 1, 1, false, 1171820",
        "3, 3, 1, 1, 1, 1, false, 569471",
    })
    void keepsThemInLargerWorlds(
            int keys, int plans, int planners, int finishers, int commits, int inFlight, boolean listing, int states) {
        keepsItsPromisesInEveryState(keys, plans, planners, finishers, commits, inFlight, listing, states);
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN_BEFORE_MOVE, row 0 may be read in two places",
        "COPY_WITHOUT_GUARD, leaf 1 may be read and does not have the last version of row 0",
        "COPY_BEFORE_SEAL, leaf 0 has moved and leaf 1 does not have row 0",
        "ABORT_WITHOUT_RAISE, leaf 0 waits for a plan that is not there",
        "HEADER_READ_AFTER_PLAN, leaf 0 waits for a plan that is not there",
        "COMMIT_WITHOUT_HEADER, leaf 0 has moved and leaf 1 does not have row 0",
        "CLEAN_BEFORE_MAP, 'the map leads row 0 to leaf 0, not in use'",
        "MAP_WITHOUT_LEFTOVERS, leaf 0 has moved and nothing says that it is to be deleted",
        "READ_OF_MOVED, a read returned what is older than what was acknowledged before it began",
        "LISTING_BY_MAP, a listing passed over a key",
    })
    void tellsWhichRuleASplitNeeds(Breach breach, String failure, TestReporter reporter) {
        fails(new RangeBounds(2, 1, 1, 2, 1, 1, true, breach), failure, reporter);
    }

    @Test
    void tellsThatBothParentsMoveBeforeAMergeOpens(TestReporter reporter) {
        RangeBounds bounds = new RangeBounds(2, 2, 1, 1, 0, 0, false, Breach.OPEN_AFTER_ONE_MOVE);
        fails(bounds, "row 1 may be read in two places", reporter);
    }

    @ParameterizedTest
    @CsvSource({
        "PLANS_NOT_EXCLUSIVE, from here nobody can settle what is left",
        "REUSED_IDS, 'leaf 0 goes to leaf 1, which is not there'"
    })
    void tellsWhatTwoPlannersNeed(Breach breach, String failure, TestReporter reporter) {
        fails(new RangeBounds(2, 2, 2, 1, 0, 0, false, breach), failure, reporter);
    }

    @Test
    void splitsAndMergesAndGivesUp() {
        RangeBounds twice = new RangeBounds(2, 2, 1, 1, 1, 1, false, Breach.NONE);
        assertThat(settlesWith(
                        twice, state -> state.mapNames(3) && state.planned(1).isMerge()))
                .isTrue();
        assertThat(settlesWith(twice, state -> state.mapNames(4) && state.truth(1) != Version.FIRST))
                .isTrue();
        assertThat(settlesWith(twice, state -> state.mapNames(0) && state.planned() == 2 && !state.isPending(1)))
                .isTrue();
    }

    private static void fails(RangeBounds bounds, String failure, TestReporter reporter) {
        Explorer.Result result = Explorer.explore(new RangeModel(bounds), LIMIT);
        assertThat(result.failure()).isPresent();
        assertThat(result.failure().orElseThrow()).endsWith("=> " + failure);
        reporter.publishEntry(
                bounds.breach().name(),
                System.lineSeparator() + result.failure().orElseThrow());
    }

    private static boolean settlesWith(RangeBounds bounds, Predicate<RangeState> wanted) {
        RangeModel model = new RangeModel(bounds);
        return Reaching.reaches(model, state -> wanted.test(RangeState.of(bounds, state)) && model.isSettled(state));
    }
}
