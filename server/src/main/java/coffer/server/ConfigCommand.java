package coffer.server;

import coffer.settings.SettingsFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code coffer config}: what the server would be told. */
@Command(
        name = "config",
        description = "Checks a configuration file, or shows what the server would be told.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class},
        mixinStandardHelpOptions = true)
final class ConfigCommand {
    /** What both commands take: a file, and the options of the server, which go before it. */
    static class Given {
        @Spec
        private @Nullable CommandSpec spec;

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "FILE",
                defaultValue = "${env:COFFER_CONFIG:-" + Option.NULL_VALUE + "}",
                description = "The configuration file (COFFER_CONFIG; default none).")
        private @Nullable Path file;

        @Mixin
        private ServerArguments arguments = new ServerArguments();

        /** Refuses what the server would refuse. */
        final CofferConfig config() {
            return arguments.config(spec());
        }

        final CommandSpec spec() {
            return Objects.requireNonNull(spec);
        }

        final Optional<Path> file() {
            return Optional.ofNullable(file);
        }
    }

    /** {@code coffer config check}. */
    @Command(
            name = "check",
            description = "Says whether the server would start with a configuration file, and with the environment and"
                    + " the options that stand here.",
            mixinStandardHelpOptions = true,
            footer = "Exit codes: 0 it would, 2 something is wrong; each line says what and where.")
    static final class Check extends Given implements Callable<Integer> {
        @Override
        public Integer call() {
            CofferConfig _ = config();
            System.out.println(file().map(Path::toString).orElse("without a file") + ": everything is as it should be");
            return 0;
        }
    }

    /** {@code coffer config show}. */
    @Command(
            name = "show",
            description =
                    "Prints what the server would be told and where each value comes from, as a configuration file."
                            + " Of secrets it says no more than where they are.",
            mixinStandardHelpOptions = true)
    static final class Show extends Given implements Callable<Integer> {
        private static final List<String> SECRETS = List.of("COFFER_SECRET_KEY", "COFFER_ADMIN_TOKEN");

        @Override
        public Integer call() {
            CofferConfig _ = config();
            Map<String, String> environment = System.getenv();
            for (ServerOption option : ServerOption.all()) {
                @Nullable Object value = spec().findOption("--" + option.key()).getValue();
                System.out.println(
                        isAbsent(value)
                                ? "# " + option.key() + ": not set; default " + option.usual()
                                : "%s: %s # %s".formatted(option.key(), yaml(value), origin(option, environment)));
            }
            SECRETS.stream()
                    .filter(secret -> !environment.getOrDefault(secret, "").isEmpty())
                    .forEach(secret -> System.out.println("# " + secret + " is set in the environment"));
            return 0;
        }

        private static boolean isAbsent(@Nullable Object value) {
            return value == null || value.toString().isEmpty();
        }

        private String origin(ServerOption option, Map<String, String> environment) {
            if (spec().commandLine().getParseResult().hasMatchedOption("--" + option.key())) {
                return "command line";
            }
            if (environment.containsKey(option.variable())) {
                return option.variable();
            }
            return spec().defaultValueProvider() instanceof FileDefaults file
                    ? file.place(option.key()).orElse("default")
                    : "default";
        }

        /** A value on one line, quoted where YAML would understand it in another way. */
        private static String yaml(@Nullable Object value) {
            if (value instanceof Collection<?> list) {
                return list.stream().map(Show::yaml).collect(Collectors.joining(", ", "[", "]"));
            }
            return value instanceof Number || value instanceof Boolean
                    ? value.toString()
                    : SettingsFile.quoted(String.valueOf(value));
        }
    }
}
