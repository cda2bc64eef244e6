package coffer.server;

import coffer.settings.Setting;
import coffer.settings.SettingsException;
import coffer.settings.SettingsFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Gives options the values of the configuration file where neither the command line nor the environment says something, and tells
 * where in the file a wrong one stands. For one run of the program.
 */
final class FileDefaults implements IDefaultValueProvider, IParameterExceptionHandler {
    private final Map<String, String> environment;
    private final IParameterExceptionHandler usual;
    private final Map<ServerOption, Setting> used = new LinkedHashMap<>();
    private @Nullable SettingsFile file;

    private FileDefaults(Map<String, String> environment, IParameterExceptionHandler usual) {
        this.environment = environment;
        this.usual = usual;
    }

    /** Has the commands of a program that take the server's options read the file. */
    static void install(CommandLine program, Map<String, String> environment) {
        FileDefaults defaults = new FileDefaults(environment, program.getParameterExceptionHandler());
        program.setParameterExceptionHandler(defaults);
        CommandLine server = command(program, "server");
        server.getCommandSpec()
                .addOption(OptionSpec.builder("--config")
                        .paramLabel("FILE")
                        .type(Path.class)
                        .description(
                                "A configuration file, whose keys are the options below without '--'; they and their"
                                        + " variables go before it (COFFER_CONFIG; default none).")
                        .build());
        server.setDefaultValueProvider(defaults);
        command(program, "config").setDefaultValueProvider(defaults);
    }

    private static CommandLine command(CommandLine program, String name) {
        return Optional.ofNullable(program.getSubcommands().get(name)).orElseThrow();
    }

    /** Asked for each option that the command line does not have, once the command line was read. */
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || !ServerOption.isKey(option)) {
            return null;
        }
        ServerOption known = ServerOption.of(option);
        if (known.isIn(environment)) {
            return null;
        }
        Optional<SettingsFile> opened = file(argument.command());
        Optional<Setting> found = opened.flatMap(from -> from.get(known.key()));
        found.ifPresent(setting -> used.put(known, setting));
        return found.map(setting -> known.isPath()
                        ? opened.orElseThrow()
                                .resolve(setting.values().getFirst())
                                .toString()
                        : String.join(",", setting.values()))
                .map(text -> text.replace("$", "$$")) // nothing is put in for variables
                .orElse(null);
    }

    /** Where the file says what an option is, if that is in force; for commands that show it. */
    Optional<String> place(String key) {
        return used.entrySet().stream()
                .filter(entry -> entry.getKey().key().equals(key))
                .map(entry -> place(entry.getValue()))
                .findFirst();
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) throws Exception {
        String message = String.valueOf(e.getMessage());
        if (e.getCause() instanceof SettingsException) {
            message.lines().forEach(line -> System.err.println("coffer: " + line));
            return CommandLine.ExitCode.USAGE;
        }
        Optional<Setting> wrong = used.entrySet().stream()
                .filter(entry -> entry.getKey().isNamedIn(message))
                .map(Map.Entry::getValue)
                .findFirst();
        if (wrong.isPresent()) {
            System.err.println("coffer: " + place(wrong.get()) + ": " + message);
            return CommandLine.ExitCode.USAGE;
        }
        return usual.handleParseException(e, arguments);
    }

    private String place(Setting setting) {
        return Optional.ofNullable(file).orElseThrow().place(setting);
    }

    private Optional<SettingsFile> file(CommandSpec command) {
        if (file == null) {
            Optional<Path> named = named(command);
            try {
                if (named.isPresent()) {
                    file = SettingsFile.read(
                            named.get(),
                            ServerOption.all().stream()
                                    .map(ServerOption::settingKey)
                                    .toList());
                }
            } catch (SettingsException e) {
                throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
            }
        }
        return Optional.ofNullable(file);
    }

    /** By {@code --config}, by a parameter, or by the environment; their own defaults may not have been set yet. */
    private Optional<Path> named(CommandSpec command) {
        Optional<ArgSpec> option = Optional.ofNullable(command.findOption("--config"));
        return option.or(() ->
                        command.positionalParameters().stream().findFirst().map(ArgSpec.class::cast))
                .map(argument -> argument.<@Nullable Object>getValue())
                .map(value -> Path.of(value.toString()))
                .or(() -> Optional.ofNullable(environment.get("COFFER_CONFIG"))
                        .filter(text -> !text.isEmpty())
                        .map(Path::of));
    }
}
