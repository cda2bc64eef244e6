package coffer.accesslog;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What the keys of delivered logs look like; all times are UTC. Source: COS docs, "Logging Overview"; S3 docs, "Logging requests
 * with server access logging".
 */
public enum LogKeys {
    /** {@code <prefix>YYYY/MM/DD/<time>_<random>_<index>}. */
    COS {
        @Override
        String key(LogSource source, String prefix, LocalDate day, Instant begun, long random, int index) {
            return prefix + FOLDER.format(day) + "/" + DIGITS.format(begun) + "_" + hex(random) + "_" + index;
        }
    },
    /** {@code <prefix>YYYY-MM-DD-hh-mm-ss-<random>}. */
    SIMPLE {
        @Override
        String key(LogSource source, String prefix, LocalDate day, Instant begun, long random, int index) {
            return prefix + HYPHENS.format(begun) + "-" + unique(random, index);
        }
    },
    /** {@code <prefix><account>/<region>/<bucket>/YYYY/MM/DD/YYYY-MM-DD-00-00-00-<random>}, of the day of the requests. */
    BY_EVENT_TIME {
        @Override
        String key(LogSource source, String prefix, LocalDate day, Instant begun, long random, int index) {
            return partition(source, prefix, day) + day + "-00-00-00-" + unique(random, index);
        }
    },
    /** {@code <prefix><account>/<region>/<bucket>/YYYY/MM/DD/YYYY-MM-DD-hh-mm-ss-<random>}, of the time it was begun. */
    BY_DELIVERY_TIME {
        @Override
        String key(LogSource source, String prefix, LocalDate day, Instant begun, long random, int index) {
            return partition(source, prefix, begun.atZone(ZoneOffset.UTC).toLocalDate())
                    + HYPHENS.format(begun)
                    + "-"
                    + unique(random, index);
        }
    };

    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT);
    private static final DateTimeFormatter DIGITS =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HYPHENS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * The key of a log.
     *
     * @param day of the requests in it
     * @param begun when it was begun
     * @param random that nobody else has
     * @param index of the logs that were begun together, from 0
     */
    abstract String key(LogSource source, String prefix, LocalDate day, Instant begun, long random, int index);

    private static String partition(LogSource source, String prefix, LocalDate day) {
        return prefix + source.appId() + "/" + source.region() + "/" + source.s3Bucket() + "/" + FOLDER.format(day)
                + "/";
    }

    private static String hex(long random) {
        return HexFormat.of().toHexDigits(random);
    }

    private static String unique(long random, int index) {
        return HexFormat.of().withUpperCase().toHexDigits(random + index);
    }
}
