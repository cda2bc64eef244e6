package coffer.server;

import coffer.settings.SettingKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option of {@code coffer server} under its three names.
 *
 * @param key in the configuration file
 * @param variable in the environment
 * @param option on the command line
 */
record ServerOption(String key, String variable, OptionSpec option) {
    private static final Pattern ENDING =
            Pattern.compile("\\s*\\(COFFER_[A-Z_]+(?:=true)?(?:; default (?<usual>[^)]*))?\\)\\.?");
    private static final String FILE = "_FILE";

    static ServerOption of(OptionSpec option) {
        String key = option.longestName().substring(2);
        return new ServerOption(key, "COFFER_" + key.toUpperCase(Locale.ROOT).replace('-', '_'), option);
    }

    /** All of them, in the order of the help. */
    static List<ServerOption> all() {
        return CommandSpec.forAnnotatedObject(new ServerArguments()).options().stream()
                .map(ServerOption::of)
                .toList();
    }

    SettingKey settingKey() {
        return new SettingKey(key, takesList());
    }

    boolean takesList() {
        return option.isMultiValue();
    }

    boolean isPath() {
        return option.type().equals(Path.class);
    }

    /** Whether an option has this key, of the server rather than of the command that reads its options. */
    static boolean isKey(OptionSpec option) {
        return !option.longestName().equals("--config") && !option.usageHelp() && !option.versionHelp();
    }

    /** Whether the environment says it, or the secret that the file of this option would have. */
    boolean isIn(Map<String, String> environment) {
        return environment.containsKey(variable)
                || (variable.endsWith(FILE)
                        && !environment.getOrDefault(secretVariable(), "").isEmpty());
    }

    /** The variable that has the secret itself, for the option that names its file; else the variable. */
    String secretVariable() {
        return variable.endsWith(FILE) ? variable.substring(0, variable.length() - FILE.length()) : variable;
    }

    /** Whether a sentence speaks of it. */
    boolean isNamedIn(String sentence) {
        return Pattern.compile("(?<![\\w-])(--" + key + "|" + secretVariable() + ")(?![\\w-])")
                .matcher(sentence)
                .find();
    }

    /** What the help says, without the variable and the default. */
    String meaning() {
        return ENDING.matcher(text()).replaceFirst(".");
    }

    /** What the help says about the default; "none" if nothing. */
    String usual() {
        Matcher ending = ENDING.matcher(text());
        return ending.find() && ending.group("usual") != null ? ending.group("usual") : "none";
    }

    private String text() {
        return String.join(" ", option.description());
    }
}
