package coffer.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that talk to a server instead of being one. */
@Command(
        name = "coffer",
        description = "An object store that is Tencent COS on your own machines.",
        subcommands = {AdminCommand.class, SignCommand.class},
        mixinStandardHelpOptions = true)
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /**
     * Runs a command.
     *
     * @return 0 done, 1 refused or failed, 2 wrong usage, 3 cannot connect
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return commandLine().setOut(out).setErr(err).execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((exception, command, result) -> {
                    if (exception instanceof Failure failure) {
                        command.getErr().println("coffer: " + failure.getMessage());
                        return failure.exitCode();
                    }
                    throw exception;
                });
    }
}
