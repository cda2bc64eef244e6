package coffer.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSpoolTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-02-02T08:03:00Z"));
    private static final LogTarget TARGET = new LogTarget("logs-1250000000", "p/", LogFormat.COS, LogKeys.COS);
    private static final LogSpool.Limits LIMITS = new LogSpool.Limits(1_000_000, 100_000, 1_000_000);

    @TempDir
    private Path folder;

    private int opened;

    private LogSpool open(LogSpool.Limits limits) {
        return LogSpool.open(folder, CLOCK, new Random(opened++), limits);
    }

    private static AccessRecord record(String target) {
        return LogLinesTest.record(target, Optional.empty(), Optional.empty());
    }

    private static String text(SpoolFile file) throws IOException {
        try (InputStream in = file.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    @Test
    void linesOfABucketAreOneFileInOrder() throws IOException {
        try (LogSpool spool = open(LIMITS)) {
            spool.add(TARGET, record("/1"));
            spool.add(TARGET, record("/2"));
            spool.add(TARGET.in("others-1250000000"), record("/3"));
            List<SpoolFile> sealed = spool.seal();
            assertThat(sealed).hasSize(2);
            SpoolFile first = sealed.stream()
                    .filter(file -> file.destination().bucket().equals(TARGET.bucket()))
                    .findFirst()
                    .orElseThrow();
            assertThat(text(first).lines()).hasSize(2).first().asString().contains("PUT /1 ");
            assertThat(first.lengthBytes()).isEqualTo(text(first).length());
            assertThat(first.destination().key()).matches("p/2026/02/02/20260202080300_[0-9a-f]{16}_0");
            assertThat(first.destination().source()).isEqualTo("photos-1250000000");
            sealed.forEach(spool::remove);
            assertThat(spool.seal()).isEmpty();
            assertThat(files()).isEmpty();
            assertThat(spool.records()).isEqualTo(3);
        }
    }

    /** What is on the disk after a kill: lines, and perhaps a part of one. */
    @Test
    void whatAKilledServerLeftIsThereUnderTheSameKey() throws IOException {
        SpoolFile before;
        try (LogSpool spool = open(LIMITS)) {
            spool.add(TARGET, record("/1"));
            before = spool.seal().getFirst();
        }
        Files.writeString(before.path(), "1.0 half a li", StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("0-torn.log"), "coffer-access-log/1 photos-1250");
        Files.writeString(folder.resolve("1-empty.log"), "");
        try (LogSpool spool = open(LIMITS)) {
            assertThat(spool.seal()).containsExactly(before);
            assertThat(text(before).lines()).hasSize(1);
            assertThat(files()).containsExactly(before.path());
        }
    }

    @Test
    void linesAreOnTheDiskSoonWithoutBeingAskedFor() throws Exception {
        try (LogSpool spool = open(LIMITS)) {
            spool.add(TARGET, record("/1"));
            long end = System.nanoTime() + 20_000_000_000L;
            while (!Files.isDirectory(folder) || files().isEmpty() || Files.size(files().getFirst()) < 200) {
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(10);
            }
        }
    }

    @Test
    void closingWritesWhatWaits() throws IOException {
        try (LogSpool spool = open(LIMITS)) {
            spool.add(TARGET, record("/1"));
        }
        try (LogSpool spool = open(LIMITS)) {
            assertThat(spool.seal()).hasSize(1);
            spool.add(TARGET, record("/2"));
            assertThat(spool.seal()).hasSize(2);
        }
    }

    @Test
    void aFileThatIsFullIsFollowedByAnother() throws IOException {
        try (LogSpool spool = open(new LogSpool.Limits(1000, 100_000, 100_000))) {
            for (int i = 0; i < 10; i++) {
                spool.add(TARGET, record("/" + i));
            }
            List<SpoolFile> sealed = spool.seal();
            assertThat(sealed).hasSizeGreaterThan(3).allMatch(file -> file.lengthBytes() <= 1000);
            StringBuilder all = new StringBuilder();
            for (SpoolFile file : sealed) {
                all.append(text(file));
            }
            assertThat(all.toString().lines()).hasSize(10);
            assertThat(sealed)
                    .extracting(file -> file.destination().key().replaceAll(".*_", ""))
                    .contains("0", "1", "2");
        }
    }

    @Test
    void whatDoesNotFitIsLostAndCounted() {
        try (LogSpool spool = open(new LogSpool.Limits(1_000_000, 1000, 1_000_000))) {
            for (int i = 0; i < 100; i++) {
                spool.add(TARGET, record("/" + i));
            }
            assertThat(spool.lost()).isBetween(90L, 99L);
        }
        try (LogSpool spool = open(new LogSpool.Limits(1_000_000, 100_000, 2000))) {
            for (int i = 0; i < 10; i++) {
                spool.add(TARGET, record("/" + i));
                assertThat(spool.seal()).isNotEmpty();
            }
            assertThat(spool.lost()).isBetween(4L, 9L);
        }
    }
}
