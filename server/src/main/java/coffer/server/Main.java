package coffer.server;

import java.util.Map;
import picocli.CommandLine;

/** The command {@code coffer}. */
@CommandLine.Command(
        name = "coffer",
        description = "An object store that is Tencent COS on your own machines.",
        subcommands = {
            ServerCommand.class,
            ConfigCommand.class,
            VerifyCommand.class,
            MigrateCommand.class,
            ImportCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "Coffer " + Main.VERSION)
final class Main {
    static final String VERSION = "0.1.0";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(program(System.getenv()).execute(arguments));
    }

    /** The program, as it is in an environment. */
    static CommandLine program(Map<String, String> environment) {
        CommandLine program = new CommandLine(new Main());
        FileDefaults.install(program, environment);
        return program;
    }
}
