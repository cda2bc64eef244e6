package coffer.select;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Queries at work and their answers. */
class SelectRunTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final SelectLimits LIMITS = new SelectLimits(1, Duration.ofSeconds(20), SOON, SOON);

    private static final SelectInput NOTHING = new SelectInput() {
        @Override
        public long lengthBytes() {
            return 0;
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            return 0;
        }
    };

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private static SelectRun start(Duration duration, SelectEngine.Query query) {
        SelectRun run = new SelectRun(duration);
        Thread.ofPlatform().daemon().start(() -> run.run(query, NOTHING));
        return run;
    }

    private static void write(SelectOutput output, int bytes) {
        output.write(new byte[bytes], 0, bytes);
    }

    private String answer(SelectRun run, boolean progress, SelectRun.@Nullable Signal first) throws IOException {
        new SelectAnswer(run, LIMITS, progress, "id", first).writeTo(sent);
        return sent.toString(UTF_8);
    }

    @Test
    void aFailureBeforeTheFirstPieceIsTheFirstSignal() {
        SelectRun run = start(LIMITS.duration(), (input, output) -> {
            write(output, 10);
            throw CosError.CAST_FAILED.exception();
        });
        assertThat(run.poll(Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(
                        SelectRun.End.class,
                        end -> assertThat(end.failure())
                                .hasValueSatisfying(e -> assertThat(e.error()).isEqualTo(CosError.CAST_FAILED)));
    }

    @Test
    void aLaterFailureFollowsWhatWasSelected() throws IOException {
        SelectRun run = start(LIMITS.duration(), (input, output) -> {
            write(output, 70_000);
            throw CosError.CAST_FAILED.exception();
        });
        String answer = answer(run, false, run.poll(Duration.ofSeconds(10)));
        assertThat(answer).hasSizeGreaterThan(70_000).contains(":error-code", "CastFailed");
        assertThat(answer).doesNotContain("Stats").doesNotContain("End");
    }

    /** Whatever is wrong with the engine itself is told without its words. */
    @Test
    void errorsOfTheEngineAreInternal() {
        SelectRun run = start(LIMITS.duration(), (input, output) -> {
            throw new StackOverflowError("secret");
        });
        assertThat(run.poll(Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(
                        SelectRun.End.class,
                        end -> assertThat(end.failure()).hasValueSatisfying(e -> {
                            assertThat(e.error()).isEqualTo(CosError.INTERNAL_ERROR);
                            assertThat(e.message()).doesNotContain("secret");
                        }));
    }

    @Test
    void saysThatItLivesAndBringsWhatThereIs() throws IOException {
        CountDownLatch told = new CountDownLatch(1);
        SelectRun run = start(LIMITS.duration(), (input, output) -> {
            write(output, 5);
            while (told.getCount() > 0) {
                output.processed(7);
                LockSupport.parkNanos(1_000_000);
            }
        });
        OutputStream watched = new OutputStream() {
            @Override
            public void write(int octet) {
                sent.write(octet);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                sent.write(bytes, offset, length);
                if (sent.toString(UTF_8).contains("Records")) {
                    told.countDown();
                }
            }
        };
        new SelectAnswer(run, LIMITS, false, "id", null).writeTo(watched);
        assertThat(sent.toString(UTF_8))
                .contains("Cont", "Records", "<BytesProcessed>7<", "<BytesReturned>5<", "End")
                .doesNotContain("Progress");
        assertThat(sent.toString(UTF_8).indexOf("Cont"))
                .isLessThan(sent.toString(UTF_8).indexOf("Records"));
    }

    @Test
    void tellsTheProgressToThoseWhoAsk() throws IOException {
        SelectRun run = start(LIMITS.duration(), (input, output) -> write(output, 5));
        assertThat(answer(run, true, null)).contains("<Progress>", "<Stats>").doesNotContain("Cont");
    }

    @Test
    void endsWhenItsTimeIsOver() throws IOException {
        CountDownLatch ended = new CountDownLatch(1);
        SelectRun run = start(Duration.ofMillis(200), (input, output) -> {
            try {
                while (true) {
                    output.check();
                    LockSupport.parkNanos(1_000_000);
                }
            } finally {
                ended.countDown();
            }
        });
        assertThat(answer(run, false, null)).contains("Overload").doesNotContain("End");
        assertThat(awaits(ended)).isTrue();
    }

    @Test
    void endsWhenItsClientIsGone() {
        CountDownLatch ended = new CountDownLatch(1);
        SelectRun run = start(LIMITS.duration(), (input, output) -> {
            try {
                while (true) {
                    write(output, 1000);
                }
            } finally {
                ended.countDown();
            }
        });
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> new SelectAnswer(run, LIMITS, false, "id", null).writeTo(gone))
                .hasMessage("gone");
        assertThat(awaits(ended)).isTrue();
    }

    /** An answer that was never begun does not keep its query for ever. */
    @Test
    void endsWhenNobodyReadsInTime() {
        CountDownLatch ended = new CountDownLatch(1);
        start(Duration.ofMillis(200), (input, output) -> {
            try {
                while (true) {
                    write(output, 1000);
                }
            } finally {
                ended.countDown();
            }
        });
        assertThat(awaits(ended)).isTrue();
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
