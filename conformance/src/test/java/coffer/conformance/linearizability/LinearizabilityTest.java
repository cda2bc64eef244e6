package coffer.conformance.linearizability;

import static coffer.conformance.linearizability.Action.ABSENT;
import static coffer.conformance.linearizability.Operation.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import coffer.conformance.linearizability.Action.Delete;
import coffer.conformance.linearizability.Action.Put;
import coffer.conformance.linearizability.Action.Read;
import coffer.conformance.linearizability.Action.Refusal;
import coffer.conformance.linearizability.Action.Replace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories of which it is known whether they are linearizable. */
class LinearizabilityTest {
    private static final String KEY = "key";

    @Test
    void nothingAtAllIsFine() {
        assertFine();
    }

    @Test
    void oneAfterTheOtherEachSeesTheLast() {
        assertFine(
                at(0, 1, new Read(ABSENT)),
                at(2, 3, new Put("a")),
                at(4, 5, new Read("a")),
                at(6, 7, new Put("b")),
                at(8, 9, new Read("b")),
                at(10, 11, new Delete()),
                at(12, 13, new Read(ABSENT)));
    }

    @Test
    void aStaleReadIsFound() {
        assertFound(at(0, 1, new Put("a")), at(2, 3, new Put("b")), at(4, 5, new Read("a")));
    }

    @Test
    void aReadDuringAWriteSeesTheOldOrTheNew() {
        assertFine(at(0, 1, new Put("a")), at(2, 9, new Put("b")), at(3, 4, new Read("a")), at(5, 6, new Read("b")));
    }

    @Test
    void onceTheNewWasSeenTheOldIsNotSeenAgain() {
        assertFound(at(0, 1, new Put("a")), at(2, 9, new Put("b")), at(3, 4, new Read("b")), at(5, 6, new Read("a")));
    }

    @Test
    void twoReadersAgreeOnTheOrderOfTwoWriters() {
        assertFine(
                at(0, 9, new Put("a")),
                at(0, 9, new Put("b")),
                at(1, 2, new Read("a")),
                at(3, 4, new Read("b")),
                at(10, 11, new Read("b")));
        assertFound(
                at(0, 9, new Put("a")),
                at(0, 9, new Put("b")),
                at(1, 2, new Read("a")),
                at(3, 4, new Read("b")),
                at(10, 11, new Read("a")));
    }

    @Test
    void aLostWriteIsFound() {
        assertFound(at(0, 1, new Put("a")), at(2, 3, new Read(ABSENT)));
    }

    @Test
    void aReadOfWhatNobodyWroteIsFound() {
        assertFound(at(0, 1, new Put("a")), at(2, 3, new Read("b")));
    }

    @Test
    void aReadOfWhatIsWrittenLaterIsFound() {
        assertFound(at(0, 1, new Read("a")), at(2, 3, new Put("a")));
    }

    @Test
    void aDeletedObjectDoesNotComeBack() {
        assertFound(at(0, 1, new Put("a")), at(2, 3, new Delete()), at(4, 5, new Read("a")));
    }

    @Test
    void whatEndsWhenAnotherBeginsMayBeAfterIt() {
        assertFine(at(0, 2, new Put("a")), at(2, 4, new Read(ABSENT)));
    }

    @Test
    void anUnknownWriteMayHaveHappenedAtAnyTimeOrNever() {
        assertFine(at(0, NEVER, new Put("a")), at(1, 2, new Read(ABSENT)));
        assertFine(at(0, NEVER, new Put("a")), at(1, 2, new Read("a")));
        assertFine(
                at(0, NEVER, new Put("a")), at(1, 2, new Put("b")), at(3, 4, new Read("b")), at(5, 6, new Read("a")));
    }

    @Test
    void anUnknownWriteHappensOnce() {
        assertFound(
                at(0, NEVER, new Put("a")), at(1, 2, new Read("a")), at(3, 4, new Put("b")), at(5, 6, new Read("a")));
    }

    @Test
    void anUnknownWriteDoesNotHappenBeforeItsCall() {
        assertFound(at(0, 1, new Read("a")), at(2, NEVER, new Put("a")));
    }

    @Test
    void anUnknownDeleteMayBeLate() {
        assertFine(
                at(0, 1, new Put("a")),
                at(2, NEVER, new Delete()),
                at(3, 4, new Read("a")),
                at(5, 6, new Put("b")),
                at(7, 8, new Read(ABSENT)));
    }

    @Test
    void ofTwoThatReplaceTheSameOneIsRefused() {
        assertFine(
                at(0, 1, new Put("a")),
                at(2, 5, new Replace("a", "b")),
                at(2, 5, new Refusal("a")),
                at(6, 7, new Read("b")));
        assertFound(at(0, 1, new Put("a")), at(2, 5, new Replace("a", "b")), at(2, 5, new Replace("a", "c")));
    }

    @Test
    void ofTwoThatCreateOneIsRefused() {
        assertFine(at(0, 3, new Replace(ABSENT, "a")), at(0, 3, new Refusal(ABSENT)));
        assertFound(at(0, 3, new Replace(ABSENT, "a")), at(0, 3, new Replace(ABSENT, "b")));
    }

    @Test
    void aRefusalWithoutReasonIsFound() {
        assertFound(at(0, 1, new Refusal(ABSENT)));
        assertFound(at(0, 1, new Put("a")), at(2, 3, new Refusal("a")));
    }

    @Test
    void keysAreApart() {
        Operation elsewhere = new Operation(0, "other", new Put("b"), 2, 3);
        assertFine(at(0, 1, new Put("a")), elsewhere, at(4, 5, new Read("a")));
        assertThat(Linearizability.check(List.of(at(0, 1, new Put("a")), elsewhere, at(4, 5, new Read("b")))))
                .singleElement()
                .satisfies(found -> assertThat(found.operation().action()).isEqualTo(new Read("b")))
                .satisfies(found -> assertThat(found.possible()).containsExactly("a"))
                .satisfies(found -> assertThat(found.toString()).contains("Read[found=b]", "Put[content=a]"));
    }

    @Test
    void manyUnknownWritesCostLittle() {
        List<Operation> history = new ArrayList<>();
        for (long i = 0; i < 200; i++) {
            history.add(at(10 * i, NEVER, new Put("unknown" + i)));
            history.add(at(10 * i, NEVER, new Delete()));
            history.add(at(10 * i, 10 * i + 9, new Read(ABSENT)));
            history.add(at(10 * i, 10 * i + 5, new Put("known" + i)));
            history.add(at(10 * i + 6, 10 * i + 7, new Read("known" + i)));
        }
        history.add(at(3000, 3001, new Read("unknown7")));
        assertThat(Linearizability.check(history)).isEmpty();
        history.add(at(4000, 4001, new Read("known7")));
        assertThat(Linearizability.check(history)).hasSize(1);
    }

    @Test
    void whatTakesTooLongToTellIsSaidToBeUndecided() {
        List<Operation> history = new ArrayList<>(List.of(at(0, 1, new Put("0"))));
        for (int from = 0; from < 12; from++) {
            for (int to = 0; to < 12; to++) {
                history.add(at(2, NEVER, new Replace("" + from, "" + to)));
            }
        }
        history.add(at(3, 4, new Read("none of them")));
        assertThatIllegalStateException()
                .isThrownBy(() -> new KeyCheck(history, 1000).run())
                .withMessageContaining("too many outcomes that are unknown");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatCameFromOneOrderIsFine(long seed) {
        List<Operation> history = RandomHistory.of(new Random(seed), 300);
        assertThat(Linearizability.check(history)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oneWrongReadIsFound(long seed) {
        Random random = new Random(seed);
        List<Operation> history = RandomHistory.of(random, 300);
        for (List<Operation> wrong : Mutations.of(history, random)) {
            assertThat(Linearizability.check(wrong)).isNotEmpty();
        }
    }

    /** Short histories of any kind, against all orders that there are. */
    @ParameterizedTest
    @MethodSource("seeds")
    void itDecidesAsTryingAllOrdersDoes(long seed) {
        Random random = new Random(seed);
        int fine = 0;
        for (int i = 0; i < 100; i++) {
            List<Operation> history = RandomHistory.guessed(random, 6);
            boolean expected = AllOrders.explain(history);
            fine += expected ? 1 : 0;
            assertThat(Linearizability.check(history).isEmpty())
                    .as(history.toString())
                    .isEqualTo(expected);
        }
        assertThat(fine).isBetween(5, 95);
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    private static Operation at(long calledAt, long returnedAt, Action action) {
        return new Operation(0, KEY, action, calledAt, returnedAt);
    }

    private static void assertFine(Operation... history) {
        assertThat(Linearizability.check(List.of(history))).isEmpty();
    }

    private static void assertFound(Operation... history) {
        assertThat(Linearizability.check(List.of(history))).hasSize(1);
    }
}
