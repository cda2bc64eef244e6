package coffer.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.Finding;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An engine on a faulty disk, and what must be in it. Threads may use it together if no two write the same key.
 *
 * <p>Of each key is known which values it may have: after an acknowledged change exactly one; after one of unknown outcome
 * the old or the new one; after one that was refused the same as before.
 */
final class FaultyStore {
    private static final String SPACE = "s";
    private static final LocalOptions OPTIONS = new LocalOptions(32L << 20, 8 << 20, 1 << 20, 1);

    /** A value of a key: its bytes follow from it. Absent with number 0. */
    record Value(long number, int length, boolean inBlob) {
        static final Value ABSENT = new Value(0, 0, false);

        byte[] bytes() {
            byte[] bytes = new byte[length];
            new Random(number).nextBytes(bytes);
            return bytes;
        }
    }

    private final Path scratch;
    private final long seed;
    private final Map<String, Set<Value>> possible = new ConcurrentHashMap<>();
    private int lives;
    private Path folder;
    private FaultyDisk disk;
    private LocalEngine engine;

    FaultyStore(Path scratch, long seed) throws IOException {
        this.scratch = scratch;
        this.seed = seed;
        this.folder = Files.createDirectories(scratch.resolve("0"));
        this.disk = new FaultyDisk(folder, seed);
        this.engine = LocalEngine.openIdle(folder, OPTIONS, disk);
    }

    void set(FaultyDisk.Faults faults) {
        disk.set(faults);
    }

    /** Writes a key. */
    void put(String key, Value value) {
        change(key, value);
    }

    void delete(String key) {
        change(key, Value.ABSENT);
    }

    private void change(String key, Value value) {
        Set<Value> before = possible(key);
        List<BlobId> adopt = List.of();
        Set<Value> either = new HashSet<>(before);
        either.add(value);
        try {
            Optional<Row> current = engine.get(row(key));
            if (value.inBlob()) {
                adopt = List.of(blob(value.bytes()));
            }
            // From here on the change may be there, whatever happens to whoever waits for it.
            possible.put(key, either);
            assertThat(engine.commit(commit(key, value, current, adopt))).isTrue();
            possible.put(key, Set.of(value));
        } catch (StoreException e) {
            assertThat(e.reason())
                    .as("%s: %s", key, e)
                    .isIn(StoreException.Reason.UNKNOWN, StoreException.Reason.UNAVAILABLE, StoreException.Reason.FULL);
            if (e.reason() != StoreException.Reason.UNKNOWN) {
                possible.put(key, before);
                adopt.forEach(engine.blobs()::discard);
            }
        }
    }

    private static Commit commit(String key, Value value, Optional<Row> current, List<BlobId> adopt) {
        RowKey row = row(key);
        List<BlobId> release = current.map(FaultyStore::blobOf).orElse(List.of());
        Change change;
        if (value.equals(Value.ABSENT)) {
            change = Change.delete(row);
        } else {
            String text = value.number() + " " + value.length() + " "
                    + adopt.stream()
                            .map(id -> Long.toString(id.value()))
                            .findFirst()
                            .orElse("-");
            change = value.inBlob()
                    ? Change.put(row, text.getBytes(UTF_8))
                    : Change.put(row, text.getBytes(UTF_8), ByteBuffer.wrap(value.bytes()));
        }
        return new Commit(row.group(), List.of(Expected.of(row, current)), List.of(change), adopt, release);
    }

    private BlobId blob(byte[] bytes) {
        try (BlobWriter writer = engine.blobs().create(bytes.length)) {
            writer.write(ByteBuffer.wrap(bytes));
            return writer.finish();
        }
    }

    /** Reads a key and compares. */
    void read(String key) {
        try {
            Value found = found(key);
            assertThat(possible(key)).as(key).contains(found);
        } catch (StoreException e) {
            assertReadMayFail(key, e);
        }
    }

    private void assertReadMayFail(String key, StoreException e) {
        assertThat(e.reason()).as("%s: %s", key, e).isEqualTo(StoreException.Reason.UNAVAILABLE);
        assertThat(disk.isFaulty()).as("%s: %s", key, e).isTrue();
    }

    private Value found(String key) {
        Optional<Row> row = engine.get(row(key));
        if (row.isEmpty()) {
            return Value.ABSENT;
        }
        String[] words = new String(row.get().value(), UTF_8).split(" ", -1);
        Value value = new Value(Long.parseLong(words[0]), Integer.parseInt(words[1]), !words[2].equals("-"));
        try (Blob content = value.inBlob()
                ? engine.blobs().open(blobOf(row.get()).getFirst())
                : engine.openBody(row.get().body().orElseThrow())) {
            ByteBuffer bytes = ByteBuffer.allocate(value.length());
            while (bytes.hasRemaining() && content.read(bytes.position(), bytes) > 0) {
                // until it is full
            }
            assertThat(Arrays.equals(bytes.array(), value.bytes())).as(key).isTrue();
        }
        return value;
    }

    private static List<BlobId> blobOf(Row row) {
        String word = new String(row.value(), UTF_8).split(" ", -1)[2];
        return word.equals("-") ? List.of() : List.of(new BlobId(Long.parseLong(word)));
    }

    /** The listing has every key that must be there and none that must not. */
    void list() {
        Set<String> listed = new HashSet<>();
        try (RowCursor rows = engine.scan(SPACE, 'o', "", "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                listed.add(row.get().key().group().key());
            }
        }
        possible.forEach((key, values) -> {
            boolean mayBeListed = values.stream().anyMatch(value -> !value.equals(Value.ABSENT));
            boolean mayBeMissing = values.contains(Value.ABSENT);
            assertThat(listed.contains(key) ? mayBeListed : mayBeMissing)
                    .as("%s, listed: %s", key, listed.contains(key))
                    .isTrue();
        });
        assertThat(possible.keySet()).containsAll(listed);
    }

    /** Frees space. */
    void collect() {
        engine.collect();
    }

    /** Whether it accepts no changes until it is started again. */
    boolean isStuck() {
        return possible.values().stream().anyMatch(values -> values.size() > 1);
    }

    /** Stops and starts in good order, whatever the disk does. */
    void restart() throws IOException {
        engine.close();
        disk.set(FaultyDisk.Faults.NONE);
        open();
    }

    /** Stops, and starts on a disk that may fail then; if it did not come up, starts on one that does not. */
    void tryToOpen(FaultyDisk.Faults faults) throws IOException {
        engine.close();
        disk.set(faults);
        try {
            LocalEngine.openIdle(folder, OPTIONS, disk).close();
        } catch (StoreException e) {
            assertThat(e.reason()).as(e.toString()).isEqualTo(StoreException.Reason.UNAVAILABLE);
        }
        disk.set(FaultyDisk.Faults.NONE);
        open();
    }

    /** Cuts the power; whoever is writing finds out. */
    void cut() {
        disk.cut();
    }

    /**
     * Starts from what is left on the disk after {@link #cut}.
     *
     * @param kept the share of what was not synced that reached the disk all the same
     */
    void startAfterCut(double kept) throws IOException {
        engine.index().pause();
        Path left = scratch.resolve(Integer.toString(++lives));
        try {
            disk.copyTo(left, kept);
        } finally {
            engine.index().resume();
        }
        engine.close();
        folder = left;
        disk = new FaultyDisk(folder, seed + lives);
        open();
    }

    /** Everything is there, whole, and nothing is there besides; then each key is known to have what it has. */
    private void open() {
        engine = LocalEngine.openIdle(folder, OPTIONS, disk);
        list();
        possible.replaceAll((key, values) -> {
            Value found = found(key);
            assertThat(values).as(key).contains(found);
            return Set.of(found);
        });
    }

    /** Stops, and checks the folder as a whole. */
    void verify() throws IOException {
        restart();
        engine.blobFiles().sweep(engine.index()::isAdopted);
        engine.close();
        List<Finding> findings = new ArrayList<>();
        try (LocalInspection inspection = LocalInspection.open(folder, OPTIONS)) {
            inspection.check(false, findings::add);
            Set<BlobId> adopted = new HashSet<>();
            inspection.adopted(adopted::add);
            Set<BlobId> referred = new HashSet<>();
            try (RowCursor rows = inspection.engine().metadata().scan(SPACE, 'o', "", "")) {
                for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                    referred.addAll(blobOf(row.get()));
                }
            }
            assertThat(adopted).isEqualTo(referred);
        }
        assertThat(findings).isEmpty();
    }

    void close() {
        engine.close();
    }

    private Set<Value> possible(String key) {
        return possible.getOrDefault(key, Set.of(Value.ABSENT));
    }

    private static RowKey row(String key) {
        return new RowGroup(SPACE, key).row('o');
    }
}
