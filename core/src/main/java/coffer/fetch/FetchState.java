package coffer.fetch;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * What the process that fetches lets the others know, some seconds old.
 *
 * @param unfinished how many tasks have not ended
 * @param percents how far those are that are being fetched, by id, 0 to 99
 */
record FetchState(int unfinished, Map<String, Integer> percents) {
    static final FetchState NONE = new FetchState(0, Map.of());

    private static final int FORMAT = 1;

    FetchState {
        percents = Map.copyOf(percents);
    }

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT).number(unfinished).number(percents.size());
        percents.forEach((id, percent) -> out.text(id).number(percent));
        return out.toBytes();
    }

    static FetchState fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        int unfinished = (int) in.number();
        int count = in.count();
        Map<String, Integer> percents = new HashMap<>();
        for (int i = 0; i < count; i++) {
            percents.put(in.text(), (int) in.number());
        }
        return new FetchState(unfinished, percents);
    }
}
