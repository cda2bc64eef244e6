package coffer.server;

import coffer.outbound.AddressRules;
import coffer.restore.RestoreDelays;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the server is told. Wrong values are refused with a sentence that says what to write instead.
 *
 * @param dataDir where this server keeps what is in files
 * @param store where the store is
 * @param listen where to listen; port 0 picks a free one
 * @param regions at least one; the first is the default
 * @param hostSuffixes domains behind which bucket names are host names
 * @param scrubMibPerSecond how fast stored objects are read again in the background, in MiB/s; 0 for not at all
 * @param restoreDelays how long it takes to restore what is archived
 * @param masterKeyFile where the master keys are
 * @param admin the admin API
 * @param root the root account as given from outside
 * @param tls how it speaks TLS
 * @param outgoing where it sends requests of its own
 * @param dev whether the clock can be moved over the admin API
 */
record CofferConfig(
        Path dataDir,
        StoreConfig store,
        InetSocketAddress listen,
        List<String> regions,
        List<String> hostSuffixes,
        int scrubMibPerSecond,
        RestoreDelays restoreDelays,
        Path masterKeyFile,
        Admin admin,
        Root root,
        Tls tls,
        Outgoing outgoing,
        boolean dev) {

    CofferConfig {
        regions = List.copyOf(regions);
        hostSuffixes = List.copyOf(hostSuffixes);
        regions.forEach(region -> check(region, "[a-z0-9-]{2,40}", "--region", "a name such as ap-guangzhou"));
        hostSuffixes.forEach(suffix -> check(
                suffix,
                "[a-z0-9]([a-z0-9.-]*[a-z0-9])?",
                "--host-suffix",
                "a domain such as cos.local, without a port"));
        if (scrubMibPerSecond < 0 || scrubMibPerSecond > 10_000) {
            throw new IllegalArgumentException(
                    "--scrub-rate must be from 0 to 10000 MiB/s, not " + scrubMibPerSecond + ".");
        }
    }

    /**
     * The admin API.
     *
     * @param listen where it listens; empty if it does not
     * @param token COFFER_ADMIN_TOKEN, a token that counts beside those that were made
     * @param publicMetrics whether metrics are told to anybody who reaches it
     */
    record Admin(Optional<InetSocketAddress> listen, Optional<String> token, boolean publicMetrics) {
        private static final int MIN_TOKEN_LENGTH = 16;

        Admin {
            if (token.filter(text -> text.length() < MIN_TOKEN_LENGTH).isPresent()) {
                throw new IllegalArgumentException(
                        "COFFER_ADMIN_TOKEN must have at least " + MIN_TOKEN_LENGTH + " characters.");
            }
        }

        static Admin of(String listen, boolean publicMetrics, Map<String, String> environment) {
            return new Admin(
                    listen.equals("off") ? Optional.empty() : Optional.of(address("--admin-listen", listen)),
                    value(environment, "COFFER_ADMIN_TOKEN"),
                    publicMetrics);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "Admin[" + listen + "]";
        }
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }

    /**
     * The root account as given from outside; what is absent is made up or taken from the data folder.
     *
     * @param appId COFFER_APPID
     * @param secretId COFFER_SECRET_ID
     * @param secretKey COFFER_SECRET_KEY
     */
    record Root(Optional<String> appId, Optional<String> secretId, Optional<String> secretKey) {
        Root {
            appId.ifPresent(text -> check(text, "[1-9][0-9]{4,14}", "COFFER_APPID", "5 to 15 digits"));
            secretId.ifPresent(
                    text -> check(text, "[A-Za-z0-9]{8,128}", "COFFER_SECRET_ID", "8 to 128 letters and digits"));
            if (secretId.isPresent() != secretKey.isPresent()) {
                throw new IllegalArgumentException(
                        "COFFER_SECRET_ID and COFFER_SECRET_KEY go together: set both or none.");
            }
            if (secretKey.filter(key -> key.length() < 8).isPresent()) {
                throw new IllegalArgumentException("COFFER_SECRET_KEY must have at least 8 characters.");
            }
        }

        static Root of(Map<String, String> environment) {
            return new Root(
                    value(environment, "COFFER_APPID"),
                    value(environment, "COFFER_SECRET_ID"),
                    value(environment, "COFFER_SECRET_KEY"));
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "Root[appId=" + appId + ", secretId=" + secretId + ", secretKey=***]";
        }
    }

    /**
     * TLS, with certificates from files or from a CA for development, or not at all.
     *
     * @param cert a chain of certificates
     * @param key its key
     * @param dev whether certificates are made
     * @param listen where to listen for TLS alone
     */
    record Tls(Optional<Path> cert, Optional<Path> key, boolean dev, Optional<InetSocketAddress> listen) {
        static final Tls NONE = new Tls(Optional.empty(), Optional.empty(), false, Optional.empty());

        Tls {
            if (cert.isPresent() != key.isPresent()) {
                throw new IllegalArgumentException("--tls-cert and --tls-key go together: set both or none.");
            }
            if (dev && cert.isPresent()) {
                throw new IllegalArgumentException("Set either --dev-tls or --tls-cert and --tls-key, not both.");
            }
            if (listen.isPresent() && !dev && cert.isEmpty()) {
                throw new IllegalArgumentException(
                        "--tls-listen needs certificates: set --tls-cert and --tls-key, or --dev-tls.");
            }
        }
    }

    /**
     * Requests of the server.
     *
     * @param rules where they may go
     * @param authorities a file of further certificates to believe
     */
    record Outgoing(AddressRules rules, Optional<Path> authorities) {
        static final Outgoing PUBLIC_ONLY = new Outgoing(AddressRules.PUBLIC_ONLY, Optional.empty());
    }

    /**
     * Reads {@code HOST:PORT}.
     *
     * @param option which option it stands in
     */
    static InetSocketAddress address(String option, String text) {
        int colon = text.lastIndexOf(':');
        try {
            if (colon > 0) {
                String host = text.substring(0, colon).replace("[", "").replace("]", "");
                return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            // the same sentence as without a colon
        }
        throw new IllegalArgumentException(
                option + " must be HOST:PORT, for instance 127.0.0.1:9000, not " + text + ".");
    }

    /** {@code HOST:PORT}. */
    static String text(InetSocketAddress address) {
        return host(address.getAddress().getHostAddress()) + ":" + address.getPort();
    }

    /** An address as it stands in a URL: IPv6 in brackets. */
    static String host(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static void check(String text, String pattern, String option, String example) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException(option + " must be " + example + ", not '" + text + "'.");
        }
    }
}
