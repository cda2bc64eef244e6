package coffer.inventory;

import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One report being made, or made: how far it is. The files it names are whole.
 *
 * @param jobId names the report; no other has it
 * @param asked when it was asked for, or due
 * @param configuration as it was then; empty once it is ended
 * @param files that are written
 * @param position behind which it goes on
 * @param isListed whether all was looked at
 * @param listed what was looked at
 * @param reported what of it is in the files
 */
public record InventoryRun(
        String jobId,
        Instant asked,
        Optional<InventoryConfiguration> configuration,
        List<ReportFile> files,
        Position position,
        boolean isListed,
        Sum listed,
        Sum reported) {
    private static final int FORMAT = 1;

    /**
     * A file of the report.
     *
     * @param md5 of its bytes, in hex
     */
    public record ReportFile(String key, long sizeBytes, String md5) {}

    /**
     * The last that was looked at.
     *
     * @param versionId empty if versions are not
     */
    public record Position(String key, String versionId) {
        /** Before the first. */
        public static final Position BEGIN = new Position("", "");
    }

    /** How many, and how long all of them together. */
    public record Sum(long objects, long bytes) {
        /** Nothing. */
        public static final Sum NONE = new Sum(0, 0);

        /** With one more. */
        public Sum plus(long sizeBytes) {
            return new Sum(objects + 1, bytes + sizeBytes);
        }
    }

    public InventoryRun {
        files = List.copyOf(files);
    }

    /** One of which nothing is done yet. */
    public static InventoryRun begin(String jobId, Instant asked, InventoryConfiguration configuration) {
        return new InventoryRun(
                jobId, asked, Optional.of(configuration), List.of(), Position.BEGIN, false, Sum.NONE, Sum.NONE);
    }

    /** With one more file. */
    public InventoryRun plus(ReportFile file, Position next, boolean isEnd, Sum nowListed, Sum nowReported) {
        List<ReportFile> all = new ArrayList<>(files);
        all.add(file);
        return new InventoryRun(jobId, asked, configuration, all, next, isEnd, nowListed, nowReported);
    }

    /** Ended, well or not. */
    public InventoryRun end() {
        return new InventoryRun(jobId, asked, Optional.empty(), List.of(), Position.BEGIN, true, listed, reported);
    }

    public boolean isEnded() {
        return configuration.isEmpty();
    }

    /** As it is stored. */
    public byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT).text(jobId).time(asked).bytes(document());
        out.number(files.size());
        files.forEach(file -> out.text(file.key).number(file.sizeBytes).text(file.md5));
        return out.text(position.key)
                .text(position.versionId)
                .number(isListed ? 1 : 0)
                .number(listed.objects)
                .number(listed.bytes)
                .number(reported.objects)
                .number(reported.bytes)
                .toBytes();
    }

    private byte[] document() {
        if (configuration.isEmpty()) {
            return new byte[0];
        }
        XmlWriter xml = new XmlWriter();
        configuration.get().write(xml, InventoryWords.COS);
        return xml.toBytes();
    }

    /** Reads what {@link #toBytes} wrote. */
    public static InventoryRun fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        String jobId = in.text();
        Instant asked = in.time();
        byte[] document = in.bytes();
        int count = in.count();
        List<ReportFile> files = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            files.add(new ReportFile(in.text(), in.number(), in.text()));
        }
        return new InventoryRun(
                jobId,
                asked,
                document.length == 0
                        ? Optional.empty()
                        : Optional.of(InventoryConfiguration.readStored(Element.parse(document))),
                files,
                new Position(in.text(), in.text()),
                in.number() == 1,
                new Sum(in.number(), in.number()),
                new Sum(in.number(), in.number()));
    }
}
