package coffer.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code coffer bench}. */
@Command(
        name = "coffer bench",
        description = "Measures a server, this machine, or the inner loops.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, LimitsCommand.class, LoopsCommand.class, ReportCommand.class})
final class Main {
    private Main() {}

    /** Runs a command and exits: 0 if all went well, 1 if a request failed, 2 for wrong options. */
    public static void main(String[] arguments) {
        CommandLine commands = new CommandLine(new Main());
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(commands.execute(arguments.length == 0 ? new String[] {"--help"} : arguments));
    }
}
