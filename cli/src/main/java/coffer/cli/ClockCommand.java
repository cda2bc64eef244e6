package coffer.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code coffer admin clock}. */
@Command(name = "clock", description = "The clock of a server that was started with --dev.")
final class ClockCommand extends CommandGroup {
    @Command(name = "show", description = "Shows what time it is for the server.")
    void show() {
        print(admin().client().get("/clock"));
    }

    @Command(name = "advance", description = "Moves the clock forward and waits for what falls due.")
    void advance(@Parameters(paramLabel = "TIME", description = "How far, for instance P30D or PT1H30M.") String time) {
        print(admin().client().post("/clock", AdminClient.object().put("advance", time)));
    }

    private void print(JsonNode clock) {
        admin().printFields(clock, "now", "movable", "aheadSeconds", "settled");
    }
}
