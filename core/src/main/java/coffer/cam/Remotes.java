package coffer.cam;

import coffer.encryption.SealedText;
import coffer.store.Change;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The remote stores of accounts: regions that this server does not serve itself. Secret keys are stored encrypted and never
 * shown. Thread-safe.
 */
public final class Remotes {
    /** Of one account. */
    static final int MAX_REMOTES = 100;

    private static final String THE_ENDPOINT = "The endpoint of a remote store";

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{2,40}");
    private static final Pattern SIGNING_REGION = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** What stands unchanged in the signatures of both dialects. */
    private static final Pattern SECRET_ID = Pattern.compile("[A-Za-z0-9._@:+-]{1,128}");

    private static final Pattern SECRET_KEY = Pattern.compile("[!-~]{1,512}");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");

    private final CamRows rows;
    private final SealedText secrets;
    private final InstantSource clock;

    Remotes(CamRows rows, SealedText secrets, InstantSource clock) {
        this.rows = rows;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * What a remote store is to be.
     *
     * @param region 2 to 40 of {@code a-z0-9-}
     * @param endpoint http or https, host and perhaps port, nothing else
     * @param pathStyle whether requests name the bucket in the path; empty for the habit of the dialect, which is to do so
     *     for S3 and not for COS
     * @param signingRegion 1 to 64 of {@code A-Za-z0-9._-}; empty for the region
     * @param secretId 1 to 128 of {@code A-Za-z0-9._@:+-}
     * @param secretKey 1 to 512 printable characters of ASCII, no blanks
     */
    public record Wanted(
            String region,
            String endpoint,
            RemoteInfo.Dialect dialect,
            Optional<Boolean> pathStyle,
            Optional<String> signingRegion,
            String secretId,
            String secretKey) {
        @Override
        public String toString() {
            return region;
        }
    }

    /** The remote stores of an account, by region. */
    public List<RemoteInfo> list(String appId) {
        return rows.list(CamRows.Kind.REMOTE, appId);
    }

    /**
     * The remote store that an account calls by this region. A region that the server serves goes first: it may have been
     * told to serve this one after the remote store was put.
     */
    public Optional<RemoteInfo> find(String appId, String region) {
        return rows.find(CamRows.Kind.REMOTE, appId, region);
    }

    /**
     * The remote store that an account calls by this region.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public RemoteInfo require(String appId, String region) {
        return find(appId, region)
                .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no remote store " + region + "."));
    }

    /**
     * Makes a remote store, or replaces all of it but the time it was made.
     *
     * @param served the regions of this server, which cannot be remote
     * @throws CamException {@code INVALID_ARGUMENT}, {@code LIMIT_EXCEEDED}, {@code NO_SUCH_ENTITY}
     */
    public RemoteInfo put(String appId, Wanted wanted, Collection<String> served) {
        String region = checkRegion(wanted.region, served);
        URI endpoint = checkEndpoint(wanted.endpoint);
        boolean pathStyle = wanted.pathStyle.orElse(wanted.dialect == RemoteInfo.Dialect.S3);
        if (!pathStyle && ADDRESS.matcher(endpoint.getHost()).matches()) {
            throw CamError.INVALID_ARGUMENT.because("No bucket can be named before the address in the endpoint:"
                    + " give a host name, or use the path style.");
        }
        String signingRegion = checkSigningRegion(wanted.signingRegion.orElse(region));
        String secretId = checkSecretId(wanted.secretId);
        byte[] sealed = secrets.seal(checkSecretKey(wanted.secretKey), context(appId, region));
        return rows.change(appId, account -> {
            Optional<RemoteInfo> before = find(appId, region);
            if (before.isEmpty() && list(appId).size() >= MAX_REMOTES) {
                throw CamError.LIMIT_EXCEEDED.because("An account has at most " + MAX_REMOTES + " remote stores.");
            }
            RemoteInfo remote = new RemoteInfo(
                    appId,
                    region,
                    endpoint,
                    wanted.dialect,
                    pathStyle,
                    signingRegion,
                    secretId,
                    before.map(RemoteInfo::created).orElseGet(clock::instant),
                    sealed);
            return new CamRows.Plan<>(remote, account, List.of(Change.put(row(appId, region), remote.toBytes())));
        });
    }

    /**
     * Removes a remote store; what is there stays.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public void delete(String appId, String region) {
        RemoteInfo _ = rows.change(
                appId,
                account -> new CamRows.Plan<>(
                        require(appId, region), account, List.of(Change.delete(row(appId, region)))));
    }

    /**
     * What requests to a remote store are signed with.
     *
     * @throws StoreException if the master key that it needs is not there
     */
    public String secretKey(RemoteInfo remote) {
        return secrets.open(remote.sealedSecretKey(), context(remote.appId(), remote.region()));
    }

    private static String checkRegion(String region, Collection<String> served) {
        if (!REGION.matcher(region).matches()) {
            throw CamError.INVALID_ARGUMENT.because(
                    "A region has 2 to 40 lower-case letters, digits and -; '" + region + "' does not.");
        }
        if (served.contains(region)) {
            throw CamError.INVALID_ARGUMENT.because(
                    "The region " + region + " is served here; give the remote store another name.");
        }
        return region;
    }

    private static URI checkEndpoint(String text) {
        URI url = TargetUrl.check(THE_ENDPOINT, text);
        if (url.getRawQuery() != null || !(url.getRawPath().isEmpty() || "/".equals(url.getRawPath()))) {
            throw CamError.INVALID_ARGUMENT.because(THE_ENDPOINT + " has no path and no query: http://HOST:PORT.");
        }
        return URI.create(TargetUrl.shown(url).toLowerCase(Locale.ROOT));
    }

    private static String checkSigningRegion(String text) {
        if (!SIGNING_REGION.matcher(text).matches()) {
            throw CamError.INVALID_ARGUMENT.because("A signing region has 1 to 64 letters, digits and . _ -");
        }
        return text;
    }

    private static String checkSecretId(String text) {
        if (!SECRET_ID.matcher(text).matches()) {
            throw CamError.INVALID_ARGUMENT.because("A secret id has 1 to 128 letters, digits and . _ @ : + -");
        }
        return text;
    }

    private static String checkSecretKey(String text) {
        if (!SECRET_KEY.matcher(text).matches()) {
            throw CamError.INVALID_ARGUMENT.because(
                    "A secret key has 1 to 512 printable characters of ASCII, without blanks and line breaks.");
        }
        return text;
    }

    private static RowKey row(String appId, String region) {
        return CamRows.Kind.REMOTE.row(appId, region);
    }

    private static String context(String appId, String region) {
        return "secret key of remote " + appId + " " + region;
    }
}
