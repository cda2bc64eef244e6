package coffer.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command of {@code coffer admin} that does nothing itself; its own commands do. */
abstract class CommandGroup implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable AdminCommand parent;

    final AdminCommand admin() {
        return Objects.requireNonNull(parent);
    }

    @Override
    public final void run() {
        CommandSpec own = Objects.requireNonNull(spec);
        throw new CommandLine.ParameterException(
                own.commandLine(), "Say what to do: coffer admin " + own.name() + " COMMAND.");
    }
}
