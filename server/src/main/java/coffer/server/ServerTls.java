package coffer.server;

import coffer.address.OwnHosts;
import coffer.certificate.CertificateFiles;
import coffer.certificate.DevAuthority;
import coffer.http.Identities;
import coffer.http.TlsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * TLS as it is configured.
 *
 * @param options for the listeners of the COS API; empty without TLS
 * @param files certificates from files, if there are such
 */
record ServerTls(Optional<TlsOptions> options, Optional<CertificateFiles> files) implements AutoCloseable {
    /**
     * Reads or makes what is needed.
     *
     * @throws coffer.certificate.UnusableCertificate with a sentence for the user
     */
    static ServerTls open(CofferConfig config, InstantSource clock) {
        CofferConfig.Tls tls = config.tls();
        OwnHosts hosts = new OwnHosts(config.hostSuffixes(), addresses(config));
        if (tls.dev()) {
            Path folder = devFolder(config);
            return of(config, hosts, DevAuthority.open(folder, hosts, clock, new SecureRandom()), Optional.empty());
        }
        if (tls.cert().isPresent()) {
            CertificateFiles files =
                    CertificateFiles.open(tls.cert().get(), tls.key().orElseThrow(), clock);
            return of(config, hosts, files, Optional.of(files));
        }
        return new ServerTls(Optional.empty(), Optional.empty());
    }

    private static ServerTls of(
            CofferConfig config, OwnHosts hosts, Identities identities, Optional<CertificateFiles> files) {
        TlsOptions.Tunnels tunnels = new TlsOptions.Tunnels(hosts::contains, hosts.toString());
        return new ServerTls(
                Optional.of(new TlsOptions(
                        identities, Optional.of(tunnels), config.tls().listen())),
                files);
    }

    /** For the listener of the admin API: the same certificates, and nobody's proxy. */
    Optional<TlsOptions> adminOptions() {
        return options.map(front -> new TlsOptions(front.identities(), Optional.empty(), Optional.empty()));
    }

    /** Where the CA for development is kept. */
    static Path devFolder(CofferConfig config) {
        return config.dataDir().toAbsolutePath().normalize().resolve("dev-ca");
    }

    /** The IP addresses under which the server can be reached, as far as the options say that. */
    private static List<String> addresses(CofferConfig config) {
        return Stream.of(Stream.of(config.listen()), config.tls().listen().stream(), config.admin().listen().stream())
                .flatMap(listens -> listens)
                .map(InetSocketAddress::getAddress)
                .flatMap(address -> address.isAnyLocalAddress() ? ofThisMachine() : Stream.of(address))
                .filter(address -> !address.isLoopbackAddress())
                .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
                .distinct()
                .toList();
    }

    private static Stream<InetAddress> ofThisMachine() {
        try {
            return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        files.ifPresent(CertificateFiles::close);
    }
}
