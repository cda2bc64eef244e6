package coffer.store.memory;

import coffer.store.RowKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** The order of rows: space, kind, then key and suffix by their UTF-8 bytes. */
enum RowOrder implements Comparator<RowKey> {
    INSTANCE;

    @Override
    public int compare(RowKey a, RowKey b) {
        int bySpace = a.group().space().compareTo(b.group().space());
        if (bySpace != 0) {
            return bySpace;
        }
        if (a.kind() != b.kind()) {
            return Character.compare(a.kind(), b.kind());
        }
        int byKey = compareUtf8(a.group().key(), b.group().key());
        return byKey != 0 ? byKey : compareUtf8(a.suffix(), b.suffix());
    }

    private static int compareUtf8(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
