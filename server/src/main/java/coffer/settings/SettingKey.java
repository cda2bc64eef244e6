package coffer.settings;

/**
 * A key that a configuration file may have.
 *
 * @param name as it is written, words joined by hyphens
 * @param takesList whether its value may be a list
 */
public record SettingKey(String name, boolean takesList) {}
