package coffer.importing;

import coffer.object.KeyOrder;
import coffer.remote.RemoteEntry;
import coffer.remote.RemoteObjects;
import coffer.remote.RemotePage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Walks over the keys of a bucket in their order, page by page. Used by one thread. */
final class Keys {
    private final RemoteObjects bucket;
    private final ImportPlan plan;
    private final Persistence persistence;
    private final Deque<RemoteEntry> read = new ArrayDeque<>();
    private Optional<RemotePage.Place> next;

    /** @param after the key that comes before the first; empty for the first of all */
    Keys(RemoteObjects bucket, ImportPlan plan, Persistence persistence, String after) {
        this.bucket = bucket;
        this.plan = plan;
        this.persistence = persistence;
        this.next = Optional.of(new RemotePage.Place(after, ""));
    }

    /** The next key without going on: its object, or all of its versions, the oldest first; empty behind the last. */
    Optional<String> peek() {
        fill();
        return Optional.ofNullable(read.peek()).map(RemoteEntry::key);
    }

    /** The entries of the next key, the oldest first; none behind the last. */
    List<RemoteEntry> take() {
        Optional<String> key = peek();
        List<RemoteEntry> entries = new ArrayList<>();
        while (key.isPresent() && key.equals(peek())) {
            entries.addFirst(read.remove());
        }
        return entries;
    }

    /** The entries of this key, if it is there; what comes before it is passed over. */
    List<RemoteEntry> take(String key) {
        Optional<String> first = peek();
        while (first.isPresent() && KeyOrder.compare(first.get(), key) < 0) {
            read.remove();
            first = peek();
        }
        return first.filter(key::equals).isPresent() ? take() : List.of();
    }

    private void fill() {
        while (read.isEmpty() && next.isPresent()) {
            RemotePage.Place from = next.get();
            RemotePage page = persistence.call(() ->
                    plan.withVersions() ? bucket.versions(plan.prefix(), from) : bucket.list(plan.prefix(), from));
            read.addAll(page.entries());
            next = page.next();
        }
    }
}
