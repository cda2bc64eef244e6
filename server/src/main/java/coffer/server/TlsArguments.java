package coffer.server;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code coffer server} about TLS. */
final class TlsArguments {
    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            defaultValue = "${env:COFFER_TLS_CERT:-" + Option.NULL_VALUE + "}",
            description = "Speak TLS, too, on --listen, with this chain of certificates in PEM, the server's first;"
                    + " taken anew when the file changes (COFFER_TLS_CERT).")
    private @Nullable Path cert;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            defaultValue = "${env:COFFER_TLS_KEY:-" + Option.NULL_VALUE + "}",
            description = "The key of the first certificate, in PEM without a password (COFFER_TLS_KEY).")
    private @Nullable Path key;

    @Option(
            names = "--dev-tls",
            arity = "0..1",
            fallbackValue = "true", // else the option would mean the opposite of its variable
            defaultValue = "${env:COFFER_DEV_TLS:-false}",
            description = "Speak TLS, too, with certificates for the host names of COS from a CA of its own, made once"
                    + " in the data folder (COFFER_DEV_TLS=true).")
    private boolean dev;

    @Option(
            names = "--tls-listen",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:COFFER_TLS_LISTEN:-" + Option.NULL_VALUE + "}",
            description = "Listen for TLS alone here, beside --listen (COFFER_TLS_LISTEN).")
    private @Nullable String listen;

    /**
     * What they say.
     *
     * @throws IllegalArgumentException with a sentence if they do not go together
     */
    CofferConfig.Tls config() {
        return new CofferConfig.Tls(
                Optional.ofNullable(cert),
                Optional.ofNullable(key),
                dev,
                Optional.ofNullable(listen).map(text -> CofferConfig.address("--tls-listen", text)));
    }
}
