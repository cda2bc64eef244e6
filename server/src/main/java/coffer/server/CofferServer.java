package coffer.server;

import coffer.address.AddressParser;
import coffer.cam.AccountInfo;
import coffer.cam.Cam;
import coffer.encryption.ContentKeys;
import coffer.encryption.KeyService;
import coffer.encryption.MasterKeyException;
import coffer.http.HttpOptions;
import coffer.http.HttpServer;
import coffer.identity.AccessKey;
import coffer.identity.Keyring;
import coffer.integrity.Scrubber;
import coffer.operation.Dispatcher;
import coffer.operation.Services;
import coffer.record.UniqueIds;
import coffer.signature.CosAuthenticator;
import coffer.store.Engine;
import coffer.store.StoreException;
import coffer.store.local.LocalEngine;
import coffer.store.local.LocalOptions;
import coffer.sts.Sts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The parts, wired by hand and running. */
final class CofferServer implements AutoCloseable {
    /** Between the beginnings of two scrubs. */
    private static final Duration SCRUB_EVERY = Duration.ofDays(7);

    private static final long MIB = 1024 * 1024;

    private final Engine engine;
    private final Optional<Scrubber> scrubber;
    private final HttpServer http;
    private final RootAccount root;

    private CofferServer(Engine engine, Optional<Scrubber> scrubber, HttpServer http, RootAccount root) {
        this.engine = engine;
        this.scrubber = scrubber;
        this.http = http;
        this.root = root;
    }

    /** Says in a sentence for the user why the server does not start. */
    static final class CannotStart extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CannotStart(String sentence) {
            super(sentence);
        }
    }

    /**
     * Starts everything.
     *
     * @throws CannotStart if the data folder, its master keys or the address cannot be had
     */
    static CofferServer start(CofferConfig config) {
        Engine engine;
        try {
            engine = LocalEngine.open(config.dataDir(), LocalOptions.DEFAULT);
        } catch (StoreException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
        try {
            InstantSource clock = Clock.systemUTC();
            // Ids need only differ; a secure generator is one lock for all requests.
            RandomGenerator idGenerator = () -> ThreadLocalRandom.current().nextLong();
            RootAccount root = RootAccount.load(engine.metadata(), config.root(), new SecureRandom());
            KeyService masterKeys = ServerKeys.ofServer(engine.metadata(), config.masterKeyFile(), root.isNew());
            SecureRandom random = new SecureRandom();
            Cam cam = Cam.over(engine.metadata(), masterKeys, clock, random);
            AccountInfo _ = cam.accounts().adopt(root.key().account(), "root");
            Keyring permanent = (secretId, token) -> Optional.of(root.key())
                    .filter(key -> key.secretId().equals(secretId))
                    .or(() -> cam.keyring().find(secretId, token));
            Sts sts = Sts.over(engine.metadata(), masterKeys, cam, permanent, clock, random);
            Keyring keys = sts.keyring();
            Services services = Services.over(
                    engine,
                    keys,
                    cam.requesters(),
                    new ContentKeys(masterKeys, new SecureRandom()),
                    clock,
                    new UniqueIds(clock, idGenerator),
                    config.regions());
            services.buckets().recover();
            CosAuthenticator authenticator = new CosAuthenticator(keys, clock);
            AddressParser addresses = new AddressParser(config.hostSuffixes(), config.regions());
            Dispatcher dispatcher = new Dispatcher(addresses, authenticator, services, idGenerator);
            HttpServer http = HttpServer.start(HttpOptions.at(config.listen()), sts.gateway(dispatcher, addresses));
            return new CofferServer(engine, scrubber(config, engine, services), http, root);
        } catch (IOException e) {
            engine.close();
            throw new CannotStart("Cannot listen on " + config.listen() + ": " + e.getMessage()
                    + ". Use another --listen HOST:PORT.");
        } catch (MasterKeyException e) {
            engine.close();
            throw new CannotStart(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private static Optional<Scrubber> scrubber(CofferConfig config, Engine engine, Services services) {
        if (config.scrubMibPerSecond() == 0) {
            return Optional.empty();
        }
        Scrubber.Options options = new Scrubber.Options(config.scrubMibPerSecond() * MIB, SCRUB_EVERY);
        return Optional.of(Scrubber.start(
                engine,
                services.contentKeys(),
                services.buckets(),
                services.objects().contents().damage(),
                services.clock(),
                options));
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return http.address();
    }

    /** Whether this start made the root account. */
    boolean isFirstStart() {
        return root.isNew();
    }

    AccessKey rootKey() {
        return root.key();
    }

    /** Finishes the requests in flight, then closes the store. */
    @Override
    public void close() {
        http.close();
        scrubber.ifPresent(Scrubber::close);
        engine.close();
    }
}
