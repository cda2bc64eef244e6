package coffer.pull;

import coffer.api.Headers;
import coffer.bucket.BucketService;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.record.UniqueIds;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Knows requests that have come through this store already. Source: RFC 8586, "Loop Detection in CDNs". Thread-safe. */
final class Loops {
    /** Names what a request has come through. */
    static final String HEADER = "CDN-Loop";

    /** A request that has come through more others does not go on from here. */
    private static final int MOST_HOPS = 8;

    private static final RowKey ROW = new RowGroup(BucketService.SYSTEM, "origin").row('s');
    private static final int FORMAT = 1;

    private final MetadataStore metadata;
    private final UniqueIds ids;
    private volatile Optional<String> name = Optional.empty();

    Loops(MetadataStore metadata, UniqueIds ids) {
        this.metadata = metadata;
        this.ids = ids;
    }

    /** What a request has to say that goes on from here; empty if it must not. */
    Optional<String> through(Headers request) {
        String own = name();
        List<String> hops = new ArrayList<>();
        for (String value : request.values(HEADER)) {
            Arrays.stream(value.split(",", -1))
                    .map(String::strip)
                    .filter(hop -> !hop.isEmpty())
                    .forEach(hops::add);
        }
        boolean isOwn =
                hops.stream().anyMatch(hop -> hop.split(";", 2)[0].strip().equalsIgnoreCase(own));
        if (isOwn || hops.size() >= MOST_HOPS) {
            return Optional.empty();
        }
        hops.add(own);
        return Optional.of(String.join(", ", hops));
    }

    /** The name of this store, made when it is needed first and kept with it. */
    private String name() {
        if (name.isEmpty()) {
            Optional<String> kept = read();
            if (kept.isEmpty()) {
                byte[] made = new RecordWriter(FORMAT).text(ids.next()).toBytes();
                boolean _ = metadata.commit(
                        Commit.ofRows(ROW.group(), List.of(Expected.absent(ROW)), List.of(Change.put(ROW, made))));
                kept = read();
            }
            name = kept.map(id -> "coffer-" + id);
        }
        return name.orElseThrow();
    }

    private Optional<String> read() {
        return metadata.get(ROW).map(row -> new RecordReader(row.value(), FORMAT).text());
    }
}
