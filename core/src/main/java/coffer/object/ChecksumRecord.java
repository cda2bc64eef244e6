package coffer.object;

import coffer.checksum.ChecksumAlgorithm;
import coffer.checksum.ObjectChecksum;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.util.Optional;

/** How a checksum stands at the end of a stored record; where there is none, nothing stands there. */
public final class ChecksumRecord {
    private ChecksumRecord() {}

    /** Adds it. */
    public static void write(RecordWriter out, Optional<ObjectChecksum> checksum) {
        checksum.ifPresent(present ->
                out.text(present.algorithm().name()).text(present.type().name()).text(present.value()));
    }

    /** Reads what {@link #write} added, if there is anything. */
    public static Optional<ObjectChecksum> read(RecordReader in) {
        return in.hasMore()
                ? Optional.of(new ObjectChecksum(
                        ChecksumAlgorithm.valueOf(in.text()), ObjectChecksum.Type.valueOf(in.text()), in.text()))
                : Optional.empty();
    }
}
