package coffer.integrity;

import coffer.bucket.Bucket;
import coffer.multipart.UploadRows;
import coffer.object.KeyOrder;
import coffer.object.ObjectRows;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.usage.Amount;
import coffer.usage.Recount;
import coffer.usage.Usage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what a bucket holds from its rows, while others write to it. */
final class UsageCount {
    private static final int PAGE_KEYS = 256;
    private static final int MAX_READS = 100;
    private static final List<Character> KINDS = List.of(ObjectRows.CURRENT, ObjectRows.VERSION, UploadRows.PART);
    private static final Comparator<String> ORDER = KeyOrder::compare;

    private final MetadataStore metadata;
    private final Usage usage;

    UsageCount(MetadataStore metadata, Usage usage) {
        this.metadata = metadata;
        this.usage = usage;
    }

    /**
     * Counts a bucket.
     *
     * @return {@code false} if some keys were written to whenever they were looked at; the usage stays approximate
     */
    boolean count(Bucket bucket) {
        Recount recount = usage.recount(bucket, ORDER);
        boolean isCounted = false;
        try {
            isCounted = readAll(bucket, recount);
        } finally {
            if (isCounted) {
                recount.finish();
            } else {
                recount.abandon();
            }
        }
        return isCounted;
    }

    private boolean readAll(Bucket bucket, Recount recount) {
        String from = "";
        boolean more = true;
        while (more) {
            recount.open();
            Page page = page(bucket, from);
            recount.close(page.amounts, page.last);
            if (!readAgain(bucket, recount)) {
                return false;
            }
            more = page.last.isPresent();
            from = page.last.map(KeyOrder::after).orElse("");
        }
        return true;
    }

    private boolean readAgain(Bucket bucket, Recount recount) {
        Set<String> again = recount.again();
        for (int i = 0; i < MAX_READS && !again.isEmpty(); i++) {
            Map<String, Amount> read = new HashMap<>();
            recount.open();
            again.forEach(key -> read.put(key, amount(bucket, key)));
            recount.close(read);
            again = recount.again();
        }
        return again.isEmpty();
    }

    /**
     * What some keys hold.
     *
     * @param last up to which key that is all; empty if it is to the end
     */
    private record Page(Map<String, Amount> amounts, Optional<String> last) {}

    /** Each kind is read for so many keys; what counts is how far the kind came that came least far. */
    private Page page(Bucket bucket, String from) {
        Optional<String> last = Optional.empty();
        Map<String, Amount> read = new HashMap<>();
        for (char kind : KINDS) {
            Optional<String> reached = read(bucket, kind, from, read);
            boolean isNearer = reached.isPresent()
                    && last.filter(other -> ORDER.compare(other, reached.get()) <= 0).isEmpty();
            last = isNearer ? reached : last;
        }
        last.ifPresent(end -> read.keySet().removeIf(key -> ORDER.compare(key, end) > 0));
        return new Page(read, last);
    }

    /**
     * Reads all rows of a kind of some keys.
     *
     * @return the last of these keys; empty if there are no more
     */
    private Optional<String> read(Bucket bucket, char kind, String from, Map<String, Amount> read) {
        int keys = 0;
        Optional<String> last = Optional.empty();
        try (RowCursor rows = metadata.scan(bucket.space(), kind, from, "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                String key = row.get().key().group().key();
                if (!last.equals(Optional.of(key))) {
                    if (keys == PAGE_KEYS) {
                        return last;
                    }
                    keys++;
                    last = Optional.of(key);
                }
                read.merge(key, amount(row.get()), Amount::plus);
            }
        }
        return Optional.empty();
    }

    private Amount amount(Bucket bucket, String key) {
        Amount sum = Amount.NONE;
        for (char kind : KINDS) {
            try (RowCursor rows = metadata.scan(bucket.space(), kind, key, "")) {
                Optional<Row> row = rows.next();
                while (row.isPresent() && row.get().key().group().key().equals(key)) {
                    sum = sum.plus(amount(row.get()));
                    row = rows.next();
                }
            }
        }
        return sum;
    }

    private static Amount amount(Row row) {
        if (row.key().kind() == UploadRows.PART) {
            return Amount.ofPart(UploadRows.decode(row).sizeBytes());
        }
        boolean isCounted = row.key().kind() == ObjectRows.CURRENT ? !ObjectRows.isCopy(row) : !ObjectRows.isMarker(row);
        return isCounted ? Amount.ofVersion(ObjectRows.sizeBytes(row)) : Amount.NONE;
    }
}
