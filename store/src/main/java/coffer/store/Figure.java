package coffer.store;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that was counted or measured, for whoever watches the server.
 *
 * @param name as Prometheus writes names: base units, counters end in {@code _total}
 * @param help what it is, a sentence
 * @param labels few, and of few values: never names that clients choose
 */
public record Figure(String name, Kind kind, String help, SortedMap<String, String> labels, double value) {
    /** How it changes. */
    public enum Kind {
        /** It only grows, from the start of the process on. */
        COUNTER,
        /** It goes up and down. */
        GAUGE
    }

    public static Figure counter(String name, String help, double value) {
        return new Figure(name, Kind.COUNTER, help, new TreeMap<>(), value);
    }

    public static Figure counter(String name, String help, long value) {
        return counter(name, help, (double) value);
    }

    public static Figure gauge(String name, String help, double value) {
        return new Figure(name, Kind.GAUGE, help, new TreeMap<>(), value);
    }

    public static Figure gauge(String name, String help, long value) {
        return gauge(name, help, (double) value);
    }

    /** The same with these labels. */
    public Figure with(Map<String, String> values) {
        return new Figure(name, kind, help, new TreeMap<>(values), value);
    }
}
