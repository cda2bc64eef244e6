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
import java.util.function.BooleanSupplier;

/** Counts what a bucket holds from its rows, while others write to it. */
final class UsageCount {
    private static final int PAGE_KEYS = 256;
    private static final int MAX_READS = 3;
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
     * @param isStopped asked now and then
     * @return what it holds but for what this process has done; empty if it was stopped
     */
    Optional<Amount> count(Bucket bucket, BooleanSupplier isStopped) {
        Recount recount = usage.recount(bucket, ORDER);
        boolean isCounted = false;
        Amount held;
        try {
            isCounted = readAll(bucket, recount, isStopped);
        } finally {
            held = recount.end();
        }
        return isCounted ? Optional.of(held) : Optional.empty();
    }

    private boolean readAll(Bucket bucket, Recount recount, BooleanSupplier isStopped) {
        Optional<String> from = Optional.of("");
        while (from.isPresent()) {
            if (isStopped.getAsBoolean()) {
                return false;
            }
            recount.open();
            Page page = page(bucket, from.get());
            recount.close(page.amounts, page.last);
            readAgain(bucket, recount);
            from = page.last.map(KeyOrder::after);
        }
        return true;
    }

    /** Reads what was written to while it was read: a few times in the hope for a pause, then with one enforced. */
    private void readAgain(Bucket bucket, Recount recount) {
        Set<String> again = recount.again();
        for (int reads = 1; !again.isEmpty(); reads++) {
            if (reads < MAX_READS) {
                recount.open();
            } else {
                recount.openBarred();
            }
            Map<String, Amount> read = new HashMap<>();
            again.forEach(key -> read.put(key, amount(bucket, key)));
            recount.close(read);
            again = recount.again();
        }
    }

    /**
     * What some keys hold.
     *
     * @param last up to which key that is all; empty if it is to the end
     */
    private record Page(Map<String, Amount> amounts, Optional<String> last) {}

    /** Each kind is read for so many keys, but no farther than the one before; what counts is how far the last one came. */
    private Page page(Bucket bucket, String from) {
        Optional<String> last = Optional.empty();
        Map<String, Amount> read = new HashMap<>();
        for (char kind : KINDS) {
            last = read(bucket, kind, from, last, read);
        }
        last.ifPresent(end -> read.keySet().removeIf(key -> ORDER.compare(key, end) > 0));
        return new Page(read, last);
    }

    /**
     * Reads all rows of a kind of some keys.
     *
     * @param end the last key that is asked for; empty for all
     * @return the last key up to which they are all read; empty if there are no more
     */
    private Optional<String> read(
            Bucket bucket, char kind, String from, Optional<String> end, Map<String, Amount> read) {
        int keys = 0;
        Optional<String> last = Optional.empty();
        try (RowCursor rows = metadata.scan(bucket.space(), kind, from, "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                String key = row.get().key().group().key();
                if (!last.equals(Optional.of(key))) {
                    if (end.isPresent() && ORDER.compare(key, end.get()) > 0) {
                        return end;
                    }
                    if (keys == PAGE_KEYS) {
                        return last;
                    }
                    keys++;
                    last = Optional.of(key);
                }
                read.merge(key, amount(row.get()), Amount::plus);
            }
        }
        return end;
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
        boolean isCounted =
                row.key().kind() == ObjectRows.CURRENT ? !ObjectRows.isCopy(row) : !ObjectRows.isMarker(row);
        return isCounted ? Amount.ofVersion(ObjectRows.sizeBytes(row)) : Amount.NONE;
    }
}
