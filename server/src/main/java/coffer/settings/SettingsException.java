package coffer.settings;

import java.util.List;

/** A configuration file cannot be used; the message says why, a line for each thing that is wrong. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    SettingsException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
