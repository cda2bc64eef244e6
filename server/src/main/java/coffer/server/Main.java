package coffer.server;

import picocli.CommandLine;

/** The command {@code coffer}. */
@CommandLine.Command(
        name = "coffer",
        description = "An object store that is Tencent COS on your own machines.",
        subcommands = {ServerCommand.class, VerifyCommand.class, MigrateCommand.class, ImportCommand.class},
        mixinStandardHelpOptions = true,
        version = "Coffer " + Main.VERSION)
final class Main {
    static final String VERSION = "0.1.0";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
