package coffer.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code coffer admin worker}. */
@Command(name = "worker", description = "What the store does by itself.")
final class WorkerCommand extends CommandGroup {
    @Command(name = "list", description = "Lists the workers.")
    void list() {
        admin().printRows(admin().client().get("/workers"), "workers", "name", "state", "next", "trouble", "figures");
    }

    @Command(name = "pause", description = "Lets a worker do no more, also after a restart.")
    void pause(@Parameters(paramLabel = "NAME", description = "The name of the worker.") String name) {
        set(name, true);
    }

    @Command(name = "resume", description = "Lets a worker go on.")
    void resume(@Parameters(paramLabel = "NAME", description = "The name of the worker.") String name) {
        set(name, false);
    }

    private void set(String name, boolean paused) {
        JsonNode state = admin().client()
                .patch("/workers" + AdminClient.step(name), AdminClient.object().put("paused", paused));
        admin().printFields(state, "name", "state", "next");
    }
}
