package coffer.server;

import coffer.accesslog.LogSpool;
import coffer.address.AddressParser;
import coffer.admin.AdminGateway;
import coffer.admin.AdminServices;
import coffer.admin.AdminTokens;
import coffer.admin.Audit;
import coffer.admin.ServerStatus;
import coffer.api.Gateway;
import coffer.awssignature.AwsAuthenticator;
import coffer.background.MovableClock;
import coffer.background.Scheduler;
import coffer.bucket.BucketLimits;
import coffer.cam.AccountInfo;
import coffer.cam.Cam;
import coffer.certificate.UnusableCertificate;
import coffer.console.ConsoleAccess;
import coffer.console.ConsoleGateway;
import coffer.console.ConsolePort;
import coffer.egress.HttpOutbound;
import coffer.egress.Trust;
import coffer.encryption.ContentKeys;
import coffer.encryption.KeyService;
import coffer.encryption.MasterKeyException;
import coffer.fetch.FetchWorker;
import coffer.http.HttpOptions;
import coffer.http.HttpServer;
import coffer.http.TlsOptions;
import coffer.identity.AccessKey;
import coffer.identity.Keyring;
import coffer.identity.Principal;
import coffer.identity.RoleFinder;
import coffer.integrity.UsageKeeper;
import coffer.monitoring.MonitoringGateway;
import coffer.monitoring.ServerFigures;
import coffer.monitoring.ServerMetrics;
import coffer.operation.Callers;
import coffer.operation.Dispatcher;
import coffer.operation.ServerHealth;
import coffer.operation.Services;
import coffer.record.UniqueIds;
import coffer.select.SelectEngine;
import coffer.select.SelectLimits;
import coffer.select.Selects;
import coffer.signature.CosAuthenticator;
import coffer.signature.FailedAttempts;
import coffer.store.Engine;
import coffer.sts.Sts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts, wired by hand and running. */
final class CofferServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CofferServer.class);

    private final ServerStore store;
    private final LogSpool spool;
    private final FetchWorker fetches;
    private final Scheduler scheduler;
    private final ServerTls tls;
    private final UsageKeeper usage;
    private final HttpServer http;
    private final Optional<HttpServer> admin;
    private final RootAccount root;
    private final HttpOutbound outbound;
    private final ServerHealth health;
    private final ServerMetrics metrics;

    private CofferServer(
            ServerStore store,
            LogSpool spool,
            FetchWorker fetches,
            Scheduler scheduler,
            ServerTls tls,
            UsageKeeper usage,
            HttpServer http,
            Optional<HttpServer> admin,
            RootAccount root,
            HttpOutbound outbound,
            ServerHealth health,
            ServerMetrics metrics) {
        this.store = store;
        this.spool = spool;
        this.fetches = fetches;
        this.scheduler = scheduler;
        this.tls = tls;
        this.usage = usage;
        this.http = http;
        this.admin = admin;
        this.root = root;
        this.outbound = outbound;
        this.health = health;
        this.metrics = metrics;
    }

    /**
     * Starts everything.
     *
     * @throws CannotStart if the data folder, its master keys, the certificates or the address cannot be had
     */
    static CofferServer start(CofferConfig config) {
        ServerStore store = ServerStore.open(config.store());
        Engine engine = store.engine();
        boolean isShared = config.store().isShared();
        try {
            MigrationStores.requireWhole(engine);
            InstantSource clock = clock(config, engine);
            // Ids need only differ; a secure generator is one lock for all requests.
            RandomGenerator idGenerator = () -> ThreadLocalRandom.current().nextLong();
            RootAccount root = RootAccount.load(engine.metadata(), config.root(), new SecureRandom());
            KeyService masterKeys =
                    ServerKeys.ofServer(engine.metadata(), config.masterKeyFile(), root.isNew(), isShared);
            Cam cam = cam(engine, masterKeys, root, clock);
            Keyring permanent = permanent(engine, cam);
            Sts sts = Sts.over(engine.metadata(), masterKeys, cam, permanent, clock, new SecureRandom());
            Callers callers = callers(cam, sts, clock);
            HttpOutbound outbound = outbound(config);
            Services services = Services.over(
                            engine,
                            callers,
                            new ContentKeys(masterKeys, new SecureRandom()),
                            clock,
                            new UniqueIds(clock, idGenerator),
                            config.regions(),
                            config.restoreDelays(),
                            outbound,
                            new AccountTargets(cam))
                    .with(selects());
            if (!isShared) {
                cam.accounts().recover();
                services.buckets().recover();
            }
            services.domains().load();
            UsageKeeper usage =
                    UsageKeeper.start(engine, services.buckets(), services.usage(), cam.accounts()::limited, !isShared);
            try {
                return serve(config, store, cam, sts, callers, services, usage, root, outbound, idGenerator);
            } catch (RuntimeException e) {
                usage.close();
                throw e;
            }
        } catch (MasterKeyException | UnusableCertificate e) {
            store.close();
            throw new CannotStart(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** That of the machine, or one that can be moved. */
    private static InstantSource clock(CofferConfig config, Engine engine) {
        InstantSource real = Clock.systemUTC();
        MovableClock movable = MovableClock.open(engine.metadata(), real);
        if (!config.dev() && !movable.ahead().isZero()) {
            LOG.warn(
                    "This store was used with --dev and its clock moved by {}; the clock is set right now, and what was"
                            + " written meanwhile is of the future.",
                    movable.ahead());
        }
        return config.dev() ? movable : real;
    }

    private static HttpOutbound outbound(CofferConfig config) {
        try {
            return HttpOutbound.open(
                    config.outgoing().rules(),
                    config.outgoing().authorities().map(Trust::alsoIn),
                    "Coffer/" + Main.VERSION);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    /** Its engine is a module that may have been left out. */
    private static Selects selects() {
        return new Selects(ServiceLoader.load(SelectEngine.class).findFirst(), SelectLimits.DEFAULT);
    }

    private static HttpOptions options(InetSocketAddress address, Optional<TlsOptions> tls) {
        HttpOptions options = HttpOptions.at(address);
        return tls.map(options::withTls).orElse(options);
    }

    /** Begins to serve both APIs. */
    private static CofferServer serve(
            CofferConfig config,
            ServerStore store,
            Cam cam,
            Sts sts,
            Callers callers,
            Services services,
            UsageKeeper usage,
            RootAccount root,
            HttpOutbound outbound,
            RandomGenerator idGenerator) {
        Engine engine = store.engine();
        CosAuthenticator authenticator = new CosAuthenticator(callers.keys(), callers.attempts(), services.clock());
        LogSpool spool = LogSpool.open(
                config.dataDir().resolve("access-logs"), services.clock(), idGenerator, LogSpool.Limits.USUAL);
        AddressParser addresses = new AddressParser(config.hostSuffixes(), config.regions(), services.domains());
        ServerMetrics metrics = new ServerMetrics();
        Dispatcher dispatcher = new Dispatcher(
                addresses,
                authenticator,
                new AwsAuthenticator(callers.keys(), callers.attempts(), services.clock(), config.regions()),
                services,
                spool,
                metrics.requests(),
                idGenerator);
        ConsolePort console = new ConsolePort();
        // Clients compare certificates with their own clocks, which nobody moves.
        ServerTls tls = ServerTls.open(config, Clock.systemUTC());
        HttpServer http = listen(
                options(config.listen(), tls.options()),
                new ConsoleAccess(sts.gateway(dispatcher, addresses, callers.attempts()), console),
                "--listen or --tls-listen HOST:PORT");
        FetchWorker fetches =
                new FetchWorker(services.fetches(), outbound, services.buckets(), services.objects(), services.clock());
        Scheduler scheduler = Scheduler.start(
                engine,
                services.clock(),
                ServerWorkers.of(config, engine, cam, services, spool, fetches),
                services.domains()::follow);
        try {
            metrics.add(new ServerFigures(Main.VERSION, http::figures, engine, services.health(), scheduler));
            Optional<HttpServer> admin = admin(
                    config,
                    engine,
                    http,
                    tls,
                    cam,
                    services,
                    scheduler,
                    authenticator,
                    callers.attempts(),
                    root,
                    metrics);
            admin.ifPresent(listening -> console.set(listening.address().getPort()));
            services.health().started();
            return new CofferServer(
                    store,
                    spool,
                    fetches,
                    scheduler,
                    tls,
                    usage,
                    http,
                    admin,
                    root,
                    outbound,
                    services.health(),
                    metrics);
        } catch (RuntimeException e) {
            scheduler.close();
            http.close();
            throw e;
        }
    }

    /** The accounts, the first of them being the one that was given from outside or made up. */
    private static Cam cam(Engine engine, KeyService masterKeys, RootAccount root, InstantSource clock) {
        Cam cam = Cam.over(engine.metadata(), masterKeys, clock, new SecureRandom());
        AccountInfo _ = cam.accounts().adopt(root.key().account(), "root");
        if (root.isNew() || root.isReplaced()) {
            Audit.atStart("SetRootKey", root.key().secretId());
        }
        return cam;
    }

    private static Keyring permanent(Engine engine, Cam cam) {
        Keyring root = RootAccount.keyring(engine.metadata());
        return (secretId, token) ->
                root.find(secretId, token).or(() -> cam.keyring().find(secretId, token));
    }

    private static Callers callers(Cam cam, Sts sts, InstantSource clock) {
        BucketLimits limits = account -> cam.accounts()
                .find(account.appId())
                .filter(found -> !found.closing())
                .map(found -> OptionalInt.of(found.quota().buckets()))
                .orElse(OptionalInt.empty());
        RoleFinder roles = (account, named) -> cam.roles().list(account.appId()).stream()
                .filter(role -> role.name().equals(named) || role.id().equals(named))
                .findFirst()
                .map(role -> new Principal.Role(account, role.id(), role.name()));
        return new Callers(sts.keyring(), cam.requesters(), limits, new FailedAttempts(clock), roles);
    }

    private static Optional<HttpServer> admin(
            CofferConfig config,
            Engine engine,
            HttpServer http,
            ServerTls tls,
            Cam cam,
            Services services,
            Scheduler scheduler,
            CosAuthenticator authenticator,
            FailedAttempts attempts,
            RootAccount root,
            ServerMetrics metrics) {
        return config.admin().listen().map(address -> {
            InstantSource clock = services.clock();
            AdminTokens tokens =
                    new AdminTokens(engine.metadata(), config.admin().token(), clock, new SecureRandom());
            ServerStatus status = new ServerStatus(
                    Main.VERSION,
                    clock.instant(),
                    config.dataDir(),
                    root.key().account(),
                    List.of(CofferConfig.text(http.address())));
            AdminGateway gateway = new AdminGateway(
                    new AdminServices(
                            cam,
                            services,
                            tokens,
                            status,
                            scheduler,
                            clock instanceof MovableClock movable ? Optional.of(movable) : Optional.empty(),
                            () -> services.usage().limit(cam.accounts()::limited)),
                    authenticator,
                    attempts,
                    root.key().account(),
                    new SecureRandom());
            HttpServer listening = listen(
                    options(address, tls.adminOptions()).withEventLoops(1),
                    new ConsoleGateway(
                            new MonitoringGateway(
                                    gateway,
                                    services.health(),
                                    metrics,
                                    config.admin().publicMetrics()),
                            http.address().getPort(),
                            config.regions().getFirst()),
                    "--admin-listen HOST:PORT, or off");
            LOG.info(
                    "The admin API is on http://{}{}, the console at / there.",
                    CofferConfig.text(listening.address()),
                    tls.options().isPresent() ? ", by https, too" : "");
            return listening;
        });
    }

    private static HttpServer listen(HttpOptions options, Gateway gateway, String other) {
        try {
            return HttpServer.start(options, gateway);
        } catch (IOException e) {
            String cause = e.getCause() == null ? "" : " " + e.getCause().getMessage() + ".";
            throw new CannotStart(e.getMessage() + cause + " Use another " + other + ".");
        }
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return http.address();
    }

    /** Where it listens for TLS alone, if it does. */
    Optional<InetSocketAddress> tlsAddress() {
        return http.tlsAddress();
    }

    /** Whether this start made the root account. */
    boolean isFirstStart() {
        return root.isNew();
    }

    AccessKey rootKey() {
        return root.key();
    }

    /** Says that it closes, finishes the requests in flight, then closes the store. */
    @Override
    public void close() {
        health.closing();
        http.close();
        // Until here it says on its port why no new connections are taken.
        admin.ifPresent(HttpServer::close);
        tls.close();
        fetches.close();
        outbound.close();
        scheduler.close();
        spool.close();
        usage.close();
        store.close();
        metrics.close();
    }
}
