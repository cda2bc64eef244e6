package coffer.store.rados;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * How a space of 10,000,000,000 keys is divided, by a model of nothing but the rule when ranges are split. Ten thousand rows
 * at a time are put, so that the run takes a second. The figures stand in docs/decisions/rados-scale.md.
 */
class RangeScaleTest {
    private static final long KEYS = 10_000_000_000L;
    private static final int STEP = 10_000;

    /** What the cluster takes for one object before it complains: osd_deep_scrub_large_omap_object_key_threshold. */
    private static final int MOST_ROWS_OF_AN_OBJECT = 200_000;

    private final RangeLimits limits = RangeLimits.DEFAULT;

    /** By the first of its keys, which are points from 0 to 1; how many rows each range has. */
    private final TreeMap<Double, Long> ranges = new TreeMap<>(Map.of(0.0, 0L));

    private long splits;
    private long most;

    /** Rows fall evenly into a range, so that half of its width has half of them. */
    private void put(double key, long rows) {
        Map.Entry<Double, Long> range = ranges.floorEntry(key);
        long grown = range.getValue() + rows;
        ranges.put(range.getKey(), grown);
        most = Math.max(most, grown);
        if (grown > limits.rowsOf(ranges.size())) {
            Double next = ranges.higherKey(range.getKey());
            double end = next == null ? Math.max(1, key * 2) : next;
            split(range.getKey(), next == null && key >= 1 ? key : (range.getKey() + end) / 2, grown);
        }
    }

    private void split(double low, double middle, long rows) {
        ranges.put(low, rows - rows / 2);
        ranges.put(middle, rows / 2);
        splits++;
    }

    @Test
    void tenThousandMillionKeysInNoOrder() {
        Random random = new Random(1);
        for (long put = 0; put < KEYS; put += STEP) {
            put(random.nextDouble(), STEP);
        }
        assertThat(ranges).hasSize(122_883);
        assertThat(most).isLessThan(MOST_ROWS_OF_AN_OBJECT);
        assertThat(splits).isEqualTo(ranges.size() - 1L);
    }

    @Test
    void tenThousandMillionKeysInTheirOrder() {
        for (long put = 0; put < KEYS; put += STEP) {
            put(1 + put / (double) STEP, STEP);
        }
        assertThat(ranges).hasSize(192_056);
        assertThat(most).isLessThan(MOST_ROWS_OF_AN_OBJECT);
    }

    @Test
    void afewMillionKeys() {
        Random random = new Random(1);
        for (long put = 0; put < 5_000_000; put += 100) {
            put(random.nextDouble(), 100);
        }
        assertThat(ranges).hasSize(322);
    }
}
