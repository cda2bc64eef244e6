package coffer.server;

import coffer.store.RowKey;
import coffer.store.rados.RadosOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which store on Ceph. */
final class CephArguments {
    private static final Pattern SECONDS = Pattern.compile("(\\d{1,4})s");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Option(
            names = "--ceph-conf",
            paramLabel = "FILE",
            defaultValue = "${env:COFFER_CEPH_CONF:-" + Option.NULL_VALUE + "}",
            description = "The cluster's ceph.conf, which names the user's keyring (COFFER_CEPH_CONF).")
    private @Nullable Path cephConf;

    @Option(
            names = "--ceph-user",
            paramLabel = "USER",
            defaultValue = "${env:COFFER_CEPH_USER:-" + Option.NULL_VALUE + "}",
            description = "The cephx user (COFFER_CEPH_USER; default client.coffer).")
    private @Nullable String cephUser;

    @Option(
            names = "--meta-pool",
            paramLabel = "POOL",
            defaultValue = "${env:COFFER_META_POOL:-" + Option.NULL_VALUE + "}",
            description = "A replicated pool, for what is not the bytes of objects (COFFER_META_POOL).")
    private @Nullable String metaPool;

    @Option(
            names = "--data-pool",
            paramLabel = "POOL",
            defaultValue = "${env:COFFER_DATA_POOL:-" + Option.NULL_VALUE + "}",
            description = "A pool for the bytes of objects, replicated or erasure-coded (COFFER_DATA_POOL).")
    private @Nullable String dataPool;

    @Option(
            names = "--ceph-namespace",
            paramLabel = "NAME",
            defaultValue = "${env:COFFER_CEPH_NAMESPACE:-" + Option.NULL_VALUE + "}",
            description =
                    "The name space in both pools, one for each store (COFFER_CEPH_NAMESPACE;" + " default none).")
    private @Nullable String namespace;

    @Option(
            names = "--ceph-timeout",
            paramLabel = "TIME",
            defaultValue = "${env:COFFER_CEPH_TIMEOUT:-" + Option.NULL_VALUE + "}",
            description =
                    "After how long the cluster counts as not to be reached (COFFER_CEPH_TIMEOUT;" + " default 10s).")
    private @Nullable String timeout;

    /**
     * What they say.
     *
     * @param remembered see {@link RadosOptions}
     * @throws IllegalArgumentException with a sentence if they do not go together
     */
    RadosOptions options(Predicate<RowKey> remembered) {
        return new RadosOptions(
                name("--ceph-user", Optional.ofNullable(cephUser).orElse("client.coffer")),
                required("--ceph-conf FILE", "COFFER_CEPH_CONF", cephConf),
                name("--meta-pool", required("--meta-pool POOL", "COFFER_META_POOL", metaPool)),
                name("--data-pool", required("--data-pool POOL", "COFFER_DATA_POOL", dataPool)),
                Optional.ofNullable(namespace)
                        .map(text -> name("--ceph-namespace", text))
                        .orElse(""),
                remembered,
                time(Optional.ofNullable(timeout).orElse("10s")));
    }

    /** The first of the options that was given. */
    Optional<String> given() {
        Map<String, Optional<?>> options = new LinkedHashMap<>();
        options.put("--ceph-conf", Optional.ofNullable(cephConf));
        options.put("--ceph-user", Optional.ofNullable(cephUser));
        options.put("--meta-pool", Optional.ofNullable(metaPool));
        options.put("--data-pool", Optional.ofNullable(dataPool));
        options.put("--ceph-namespace", Optional.ofNullable(namespace));
        options.put("--ceph-timeout", Optional.ofNullable(timeout));
        return options.entrySet().stream()
                .filter(option -> option.getValue().isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static <T> T required(String option, String variable, @Nullable T value) {
        return Optional.ofNullable(value)
                .orElseThrow(() ->
                        new IllegalArgumentException("A store on Ceph needs " + option + " (or " + variable + ")."));
    }

    private static String name(String option, String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    option + " must be 1 to 64 letters, digits, '.', '_' or '-', not '" + text + "'.");
        }
        return text;
    }

    private static Duration time(String text) {
        Matcher seconds = SECONDS.matcher(text);
        if (!seconds.matches() || Integer.parseInt(seconds.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "--ceph-timeout must be a number of seconds such as 10s, at least 1s, not '" + text + "'.");
        }
        return Duration.ofSeconds(Integer.parseInt(seconds.group(1)));
    }
}
