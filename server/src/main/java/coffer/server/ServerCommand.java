package coffer.server;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code coffer server}: reads the options, starts, waits to be stopped. */
@Command(
        name = "server",
        description = "Starts the server. It prints 'coffer: ready on http://HOST:PORT' when it can serve.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nSecrets, from the environment or files:%n",
        footer = {
            "  COFFER_SECRET_KEY   the secret of the root account's key",
            "  COFFER_ADMIN_TOKEN  a token for the admin API",
            "",
            "COFFER_JAVA_OPTS holds options for the Java machine, for instance -Xmx256m.",
            "Exit codes: 0 stopped by a signal, 1 cannot start, 2 wrong options."
        })
final class ServerCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ServerArguments arguments = new ServerArguments();

    @Override
    public Integer call() {
        CofferConfig config = arguments.config(Objects.requireNonNull(spec));
        Termination termination = new Termination();
        try (CofferServer server = CofferServer.start(config)) {
            InetSocketAddress address = server.address();
            if (server.isFirstStart()) {
                System.err.print(Welcome.text(server.rootKey(), address, config));
            }
            if (config.tls().dev()) {
                System.err.print(TrustGuide.text(ServerTls.devFolder(config), address));
            }
            termination.arm();
            server.tlsAddress()
                    .ifPresent(alone -> System.out.println("coffer: TLS on https://" + CofferConfig.text(alone)));
            System.out.println("coffer: ready on http://" + CofferConfig.text(address));
            System.out.flush();
            termination.await();
        } catch (CannotStart e) {
            System.err.println("coffer: " + e.getMessage());
            return 1;
        } finally {
            termination.finished();
        }
        return 0;
    }
}
