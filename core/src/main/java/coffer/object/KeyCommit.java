package coffer.object;

import coffer.event.Cause;
import coffer.record.UniqueIds;
import coffer.request.Trace;
import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.usage.Amount;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One change of what a key has kept, put together step by step. Not thread-safe.
 *
 * <p>Source for what is kept and what is replaced: COS docs, "Versioning Overview"; COS API reference, "DELETE Object".
 */
final class KeyCommit {
    private final ObjectRows rows;
    private final KeyState state;
    private final RowGroup group;
    private final RowKey currentRow;
    private final RowKey markerRow;
    private final Function<StoredObject, Optional<ByteBuffer>> tails;
    private final Consumer<StoredObject> guard;
    private final List<Expected> expected = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<BlobId> release = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private Amount more = Amount.NONE;

    /**
     * What a change does to one version or delete marker.
     *
     * @param version empty of a delete marker
     */
    record Happening(Cause.Deed deed, VersionId id, Optional<ObjectVersion> version) {}

    /**
     * Begins a change.
     *
     * @param state what the key has now, and must still have when it is committed
     * @param tails reads the tail of a version, as it is stored
     * @param guard throws if a version must not be removed
     */
    KeyCommit(
            ObjectRows rows,
            KeyState state,
            Function<StoredObject, Optional<ByteBuffer>> tails,
            Consumer<StoredObject> guard) {
        this.rows = rows;
        this.state = state;
        this.group = state.group();
        this.currentRow = group.row(ObjectRows.CURRENT);
        this.markerRow = group.row(ObjectRows.MARKER);
        this.tails = tails;
        this.guard = guard;
        expected.addAll(state.unchanged());
    }

    /** Writes the only version there is, in place of an earlier one. */
    void replace(ObjectVersion version, Optional<ByteBuffer> tail) {
        state.current().ifPresent(this::remove);
        release.removeAll(version.content().blobs());
        write(currentRow, version, tail);
        happened(Cause.Deed.CREATED, version);
    }

    /** Writes a version beside those that are kept. */
    void add(ObjectVersion version, Optional<ByteBuffer> tail) {
        keepCurrent(version.id().sequence());
        write(versionRow(version.id()), version, tail);
        changes.add(ObjectRows.putCopy(group, version));
        state.marker().ifPresent(marker -> changes.add(Change.delete(markerRow)));
        happened(Cause.Deed.CREATED, version);
    }

    /** Writes a version where its time has it: it becomes the current one only if there is no newer one. */
    void insert(ObjectVersion version, Optional<ByteBuffer> tail) {
        expected.add(Expected.absent(versionRow(version.id())));
        if (version.id().sequence() > state.newestSequence()) {
            add(version, tail);
        } else {
            write(versionRow(version.id()), version, tail);
            happened(Cause.Deed.CREATED, version);
        }
    }

    /** The same with a delete marker. */
    void insert(DeleteMarker marker) {
        expected.add(Expected.absent(versionRow(marker.id())));
        if (marker.id().sequence() > state.newestSequence()) {
            mark(marker);
        } else {
            changes.add(Change.put(versionRow(marker.id()), marker.toBytes()));
            happenings.add(new Happening(Cause.Deed.MARKED, marker.id(), Optional.empty()));
        }
    }

    /** Writes the null version in place of an earlier one; the others stay. */
    void replaceNull(ObjectVersion version, Optional<ByteBuffer> tail) {
        removeNull();
        write(currentRow, version, tail);
        state.marker().ifPresent(marker -> changes.add(Change.delete(markerRow)));
        happened(Cause.Deed.CREATED, version);
    }

    private void happened(Cause.Deed deed, ObjectVersion version) {
        happenings.add(new Happening(deed, version.id(), Optional.of(version)));
    }

    private void write(RowKey row, ObjectVersion version, Optional<ByteBuffer> tail) {
        changes.addAll(rows.put(row, version, tail));
        more = more.plus(Amount.ofVersion(version.sizeBytes()));
        Trace.wrote(
                group.key(),
                version.sizeBytes(),
                version.attributes().storageClass().name());
    }

    /** Adds a delete marker; all versions are kept. */
    void mark(DeleteMarker marker) {
        keepCurrent(marker.id().sequence());
        addMarker(marker);
    }

    /** Puts a delete marker in place of the null version; the others stay. */
    void markNull(DeleteMarker marker) {
        removeNull();
        addMarker(marker);
        changes.add(ObjectRows.putNull(group, marker.id()));
    }

    private void addMarker(DeleteMarker marker) {
        changes.add(Change.put(versionRow(marker.id()), marker.toBytes()));
        changes.add(Change.put(markerRow, marker.toBytes()));
        state.current().ifPresent(current -> changes.add(Change.delete(currentRow)));
        happenings.add(new Happening(Cause.Deed.MARKED, marker.id(), Optional.empty()));
    }

    /** Removes the only version there is. */
    void removeCurrent() {
        state.current().ifPresent(current -> happened(Cause.Deed.REMOVED, current.version()));
        takeCurrent();
    }

    private void takeCurrent() {
        state.current().ifPresent(current -> {
            remove(current);
            changes.add(Change.delete(currentRow));
        });
    }

    /** Removes some of what is kept; if the newest is among it, the newest of the others becomes that. */
    void remove(Collection<KeptVersion> targets) {
        targets.forEach(this::removeKept);
        Set<RowKey> gone = targets.stream().map(target -> target.row().key()).collect(Collectors.toSet());
        if (gone.contains(currentRow)) {
            promote(rows.before(group, Long.MIN_VALUE, gone));
        } else if (!isCurrentOwn()
                && targets.stream().anyMatch(target -> target.id().sequence() == state.newestSequence())) {
            promote(rows.before(group, state.newestSequence(), gone));
        }
    }

    private void removeKept(KeptVersion target) {
        expected.add(target.unchanged());
        changes.add(Change.delete(target.row().key()));
        if (target.id().isNull() && !target.row().key().equals(currentRow)) {
            changes.add(Change.delete(group.row(ObjectRows.NULL)));
        }
        if (target instanceof StoredObject version) {
            remove(version);
            happened(Cause.Deed.REMOVED, version.version());
        } else {
            happenings.add(new Happening(Cause.Deed.REMOVED, target.id(), Optional.empty()));
        }
    }

    private boolean isCurrentOwn() {
        return state.current().filter(StoredObject::isOwnRow).isPresent();
    }

    private void promote(Optional<KeptVersion> next) {
        next.ifPresent(kept -> expected.add(kept.unchanged()));
        state.current().ifPresent(current -> changes.add(Change.delete(currentRow)));
        state.marker().ifPresent(marker -> changes.add(Change.delete(markerRow)));
        next.ifPresent(kept -> changes.add(
                switch (kept) {
                    case StoredObject version -> ObjectRows.putCopy(group, version.version());
                    case StoredMarker marker ->
                        Change.put(markerRow, marker.marker().toBytes());
                }));
    }

    /** Says something else of a version, at its place. */
    void rewrite(StoredObject target, ObjectVersion version) {
        Row own = rows.ownRow(target);
        expected.add(Expected.same(own));
        changes.addAll(rows.put(own.key(), version, tails.apply(target)));
        boolean copied = state.current()
                .filter(current -> !current.isOwnRow() && current.id().equals(version.id()))
                .isPresent();
        if (copied) {
            changes.add(ObjectRows.putCopy(group, version));
        }
        happened(Cause.Deed.REWRITTEN, version);
    }

    /** Gives a version that has no row beside others one of its own, before a newer one takes its place. */
    private void keepCurrent(long newerSequence) {
        state.current().filter(StoredObject::isOwnRow).ifPresent(current -> {
            ObjectVersion old = current.version();
            long written = 1 + UniqueIds.sequence(old.lastModified().toEpochMilli() * 1000);
            VersionId id =
                    old.id().sequence() > 0 ? old.id() : new VersionId(Math.min(newerSequence - 1, written), true);
            changes.addAll(rows.put(versionRow(id), old.with(id), tails.apply(current)));
            changes.add(ObjectRows.putNull(group, id));
        });
    }

    /** Whatever is called null goes away, wherever it is. */
    private void removeNull() {
        if (isCurrentOwn()) {
            takeCurrent();
            return;
        }
        rows.nullRow(group).ifPresent(row -> {
            KeptVersion kept = rows.version(group, ObjectRows.sequence(row))
                    .orElseThrow(() -> Attempts.gone("the null version was removed meanwhile"));
            expected.add(Expected.same(row));
            expected.add(kept.unchanged());
            changes.add(Change.delete(row.key()));
            changes.add(Change.delete(kept.row().key()));
            if (kept instanceof StoredObject version) {
                remove(version);
            }
        });
    }

    private void remove(StoredObject old) {
        guard.accept(old);
        more = more.minus(old.amount());
        changes.addAll(ObjectRows.removeManifest(old));
        release.addAll(old.version().content().blobs());
    }

    private RowKey versionRow(VersionId id) {
        return group.row(ObjectRows.VERSION, id.suffix());
    }

    /** How much more the key holds by it. */
    Amount more() {
        return more;
    }

    /** What it does to versions and delete markers, in order. */
    List<Happening> happenings() {
        return happenings;
    }

    /** The rows it changes. */
    RowGroup group() {
        return group;
    }

    /** One row more that it makes; if there is one of the name already, another name is tried. */
    void also(Change row) {
        expected.add(Expected.absent(group.row(row.kind(), row.suffix())));
        changes.add(row);
    }

    /** All of it. */
    Commit toCommit() {
        return new Commit(group, expected, changes, List.of(), release);
    }

    /** All of it, together with what else a write changes in the rows of its key. */
    Commit toCommit(NextVersion next) {
        expected.addAll(next.alsoExpected());
        List<Change> all = new ArrayList<>(next.alsoChanged());
        all.addAll(changes);
        release.addAll(next.alsoReleased());
        return new Commit(group, expected, all, next.adopt(), release);
    }
}
