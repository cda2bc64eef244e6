package coffer.settings;

import java.util.List;

/**
 * One key of a configuration file with its value.
 *
 * @param key its name
 * @param values one, or any number from one on if it was written as a list
 * @param line where the key stands, counted from 1
 */
public record Setting(String key, List<String> values, int line) {
    public Setting {
        values = List.copyOf(values);
    }
}
